/**
 * The near end of a look at names, which come from whoever is inside: none of them is to work on a terminal, to take the
 * place of what was typed, or to be read as an option.
 */

import type { Door } from "../engine/engine.ts";
import { listen, sendProgram } from "./far-end.ts";

/** Enough to choose from. */
const most = 500;

export async function pathsThrough(door: Door, begun: string): Promise<readonly string[]> {
  const found: string[] = [];
  sendProgram(door, "list", [begun]);
  await listen(door, (event) => {
    const path = event.do === "name" ? String(event.path) : "";
    if (path !== "" && path.startsWith(begun) && !/^-|[\x00-\x1f\x7f-\x9f]/.test(path)) found.push(path);
    return event.do === "settled" || found.length === most ? "done" : "go on";
  });
  return found;
}

/** The near end of a look at names. */

import type { Door } from "../engine/engine.ts";
import { listen, sendProgram } from "./far-end.ts";

export async function pathsThrough(door: Door, begun: string): Promise<readonly string[]> {
  const found: string[] = [];
  sendProgram(door, "list", [begun]);
  await listen(door, (event) => {
    if (event.do === "name") found.push(String(event.path));
    return event.do === "settled" ? "done" : "go on";
  });
  return found;
}

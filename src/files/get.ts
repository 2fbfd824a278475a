/** The near end of `get`: everything grows in a staging directory, and takes its names once it is whole. */

import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Door } from "../engine/engine.ts";
import { fail, PetError } from "../pet/errors.ts";
import { faultOf } from "../system/fault.ts";
import { Untrue } from "./events.ts";
import { listen, sendProgram } from "./far-end.ts";
import type { Count } from "./frames.ts";
import { type Held, hold, told } from "./held.ts";
import { settle } from "./settle.ts";
import { makeStage, removeStage } from "./staging.ts";
import { type Unpacking, unpack } from "./unpack.ts";
import type { Skip } from "./walk.ts";
import type { GetWords } from "./words.ts";

export interface Place {
  /** The directory that they go to, and what they are called there. */
  readonly base: string;
  readonly names: readonly string[];
}

/** As cp has it: into a directory that is there, else under the name that was given. @throws NO_DIRECTORY */
export function placeFor({ destination, names, manner }: GetWords): Place {
  if (isDirectory(destination)) return { base: resolve(destination), names };
  const path = resolve(destination);
  if (manner === "into" || /\/\.{0,2}$/.test(destination)) throw fail("NO_DIRECTORY", { path: destination });
  if (!isDirectory(dirname(path))) throw fail("NO_DIRECTORY", { path: dirname(destination) });
  return { base: dirname(path), names: [basename(path)] };
}

export async function getThrough(
  door: Door,
  { paths }: GetWords,
  { base, names }: Place,
  count: Count,
  skip: Skip,
): Promise<"all of it"> {
  const open: Held[] = [];
  let stage: string | undefined;
  let unpacking: Unpacking | undefined;
  const before = process.umask(0);
  try {
    sendProgram(door, "get", ["as it is", ...paths]);
    await listen(door, (event) => {
      if (event.do === "ready" && unpacking === undefined) {
        const ground = hold(Buffer.from(base), Buffer.from(base), "through links");
        open.push(ground);
        stage = makeStage(ground);
        const root = hold(Buffer.from(stage), ground.shown);
        open.push(root);
        unpacking = unpack(root, base, names, count);
        return "go on";
      }
      if (event.do === "skip") skip(event.path, event.reason);
      if (unpacking === undefined) throw new Untrue(`a word out of place: ${event.do}`);
      unpacking.take(event);
      return event.do === "end" ? "done" : "go on";
    });
    const [ground, root] = open;
    if (ground && root) settle(root, ground, names);
    return "all of it";
  } catch (cause) {
    throw unwritable(open.reduce(told, cause), base);
  } finally {
    unpacking?.close();
    if (stage !== undefined) removeStage(stage);
    for (const held of open) held.close();
    process.umask(before);
  }
}

/** What the system has against it, told of the place it was to have. */
function unwritable(cause: unknown, base: string): unknown {
  if (cause instanceof PetError || !(cause instanceof Error && "syscall" in cause)) return cause;
  const file = "path" in cause && cause.path !== undefined ? String(cause.path) : base;
  return fail("FILE_UNWRITABLE", { file, reason: faultOf(cause).text }, { cause });
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

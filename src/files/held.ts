/**
 * A directory that is held open: a name in it leads nowhere else, whatever becomes of the way there meanwhile. Whoever is
 * inside may share it (PET_MOUNTS), and put a link in the place of any directory while a copy goes on. Node knows no calls
 * relative to an open directory, but Linux has a path to one; elsewhere the path that led there has to do.
 */

import { closeSync, constants, existsSync, lstatSync, openSync } from "node:fs";
import { inside } from "./names.ts";

export interface Held {
  /** For calls. */
  readonly path: Buffer;
  /** For people. */
  readonly shown: Buffer;
  close(): void;
}

/** Needs no right to read, as only names in it are used. */
const O_PATH = 0o10000000;
const handles = process.platform === "linux" && existsSync("/proc/self/fd");

/** What a system takes for a path; without a limit, whoever is inside could have all handles held. */
const longest = 4096;

/** @param way `itself` refuses a link */
export function hold(path: Buffer, shown: Buffer, way: "itself" | "through links" = "itself"): Held {
  if (shown.length >= longest) throw refused("ENAMETOOLONG", path);
  if (!handles) {
    if (way === "itself" && !lstatSync(path).isDirectory()) throw refused("ENOTDIR", path);
    return { path, shown, close: () => {} };
  }
  const { O_DIRECTORY, O_NOFOLLOW } = constants;
  const handle = openSync(path, O_PATH | O_DIRECTORY | (way === "itself" ? O_NOFOLLOW : 0));
  return { path: Buffer.from(`/proc/self/fd/${handle}`), shown, close: () => closeSync(handle) };
}

/** Has something done in a directory of this one. */
export function within<Result>(around: Held, name: Buffer, act: (held: Held) => Result): Result {
  const held = hold(inside(around.path, name), inside(around.shown, name));
  try {
    return act(held);
  } catch (error) {
    throw told(error, held);
  } finally {
    held.close();
  }
}

/** What the system says of a path in it, said of the path that people know. */
export function told(error: unknown, { path, shown }: Held): unknown {
  if (!(error instanceof Error && "path" in error)) return error;
  const said = String(error.path);
  if (said !== String(path) && !said.startsWith(`${path}/`)) return error;
  return Object.assign(error, { path: `${shown}${said.slice(String(path).length)}` });
}

function refused(code: string, path: Buffer): Error {
  return Object.assign(new Error(code), { code, syscall: "open", path: String(path) });
}

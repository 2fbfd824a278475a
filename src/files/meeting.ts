/** What is to come, and what is there: a directory and a directory are merged, a file takes a file's place. */

import { lstatSync, type Stats } from "node:fs";
import { fail } from "../pet/errors.ts";

/** Of the thing itself, were it a link. */
export function statsOf(path: Buffer): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** @throws IN_THE_WAY where neither can be */
export function refuseClash(there: Buffer, stats: Stats, coming: "directory" | "file"): void {
  const is = stats.isDirectory() ? "directory" : "file";
  if (is !== coming) throw inTheWay(String(there), is);
}

export function inTheWay(path: string, is: "directory" | "file") {
  const [one, other] = is === "directory" ? ["a directory", "a file"] : ["no directory", "a directory"];
  return fail("IN_THE_WAY", { path, one, other });
}

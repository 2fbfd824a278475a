/** What has come whole takes its final names: by renames alone, and never through a link. */

import { chmodSync, opendirSync, renameSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { refuseClash, statsOf } from "./meeting.ts";
import { inside } from "./names.ts";

/** Looks at everything first, so that what is in the way stops it before anything is changed. @throws IN_THE_WAY */
export function settle(stage: string, base: string, names: readonly string[]): void {
  for (const act of [undefined, move]) {
    for (const name of names) merge(Buffer.from(join(stage, name)), Buffer.from(join(base, name)), act);
  }
}

function merge(from: Buffer, to: Buffer, act: typeof move | undefined): void {
  const coming = statsOf(from);
  if (coming === undefined) return;
  const there = statsOf(to);
  if (there === undefined) {
    act?.(from, to);
    return;
  }
  refuseClash(to, there, coming.isDirectory() ? "directory" : "file");
  if (coming.isDirectory()) {
    do mergeInside(from, to, act);
    while (act && !isGone(from));
  } else {
    act?.(from, to);
  }
}

function mergeInside(from: Buffer, to: Buffer, act: typeof move | undefined): void {
  const names = opendirSync(from, { encoding: "buffer" as BufferEncoding });
  try {
    for (let each = names.readSync(); each !== null; each = names.readSync()) {
      const name = Buffer.from(each.name);
      merge(inside(from, name), inside(to, name), act);
    }
  } finally {
    names.closeSync();
  }
}

/** Some file systems pass names over while others are moved away: then it is not empty yet. */
function isGone(directory: Buffer): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTEMPTY") return false;
    throw error;
  }
}

/** A directory that may not be written cannot be moved elsewhere, as it holds the way up. */
function move(from: Buffer, to: Buffer): void {
  const stats = statsOf(from);
  const closed = stats?.isDirectory() && (stats.mode & 0o200) === 0 ? stats.mode & 0o777 : undefined;
  if (closed !== undefined) chmodSync(from, 0o700);
  renameSync(from, to);
  if (closed !== undefined) chmodSync(to, closed);
}

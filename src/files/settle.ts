/** What has come whole takes its final names: by renames alone, and never through a link. */

import { chmodSync, opendirSync, renameSync, rmdirSync, type Stats } from "node:fs";
import { type Held, within } from "./held.ts";
import { refuseClash, statsOf } from "./meeting.ts";
import { inside } from "./names.ts";

/** Looks at everything first, so that what is in the way stops it before anything is changed. @throws IN_THE_WAY */
export function settle(stage: Held, base: Held, names: readonly string[]): void {
  for (const act of [undefined, move]) {
    for (const name of names) merge(stage, base, Buffer.from(name), act);
  }
}

function merge(from: Held, to: Held, name: Buffer, act: typeof move | undefined): void {
  const [coming, there] = [statsOf(inside(from.path, name)), statsOf(inside(to.path, name))];
  if (coming === undefined) return;
  if (there === undefined) {
    act?.(from, to, name, coming);
    return;
  }
  refuseClash(inside(to.shown, name), there, coming.isDirectory() ? "directory" : "file");
  if (coming.isDirectory()) {
    do within(from, name, (source) => within(to, name, (goal) => mergeInside(source, goal, act)));
    while (act && !isGone(inside(from.path, name)));
  } else {
    act?.(from, to, name, coming);
  }
}

function mergeInside(from: Held, to: Held, act: typeof move | undefined): void {
  const names = opendirSync(from.path, { encoding: "buffer" as BufferEncoding });
  try {
    for (let each = names.readSync(); each !== null; each = names.readSync()) {
      merge(from, to, Buffer.from(each.name), act);
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
function move(from: Held, to: Held, name: Buffer, coming: Stats): void {
  const take = () => renameSync(inside(from.path, name), inside(to.path, name));
  const closed = coming.isDirectory() && (coming.mode & 0o200) === 0;
  if (!closed) take();
  else {
    within(from, name, (held) => {
      chmodSync(held.path, 0o700);
      take();
      chmodSync(held.path, coming.mode & 0o777);
    });
  }
}

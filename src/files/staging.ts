/**
 * A directory beside the destination, in which what comes grows until it is whole. Should pet be killed it is left: the
 * next one who comes to the same place removes it.
 */

import { chmodSync, mkdirSync, opendirSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type Held, hold } from "./held.ts";
import { inside } from "./names.ts";

/** Other machines may see the same directory: their processes are not ours to judge. */
const mark = `.pet-get-${hostname().replace(/[^A-Za-z0-9.]/g, "_")}-`;

/** @returns its path, through the directory that is held */
export function makeStage(ground: Held): string {
  const base = String(ground.path);
  for (const name of readdirSync(base)) {
    const pid = name.startsWith(mark) ? /^(\d+)-[0-9a-z]+$/.exec(name.slice(mark.length))?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) removeStage(join(base, name));
  }
  const stage = join(base, `${mark}${process.pid}-${Date.now().toString(36)}`);
  mkdirSync(stage, { mode: 0o700 });
  return stage;
}

/** As far as it goes: what cannot be removed now is left for the next one. */
export function removeStage(stage: string): void {
  try {
    rmSync(stage, { recursive: true, force: true });
  } catch {
    try {
      openUp(Buffer.from(stage));
      rmSync(stage, { recursive: true, force: true });
    } catch {}
  }
}

/** Directories may be closed to ourselves. */
function openUp(directory: Buffer): void {
  const held = hold(directory, directory);
  try {
    chmodSync(held.path, 0o700);
    const names = opendirSync(held.path, { encoding: "buffer" as BufferEncoding });
    try {
      for (let each = names.readSync(); each !== null; each = names.readSync()) {
        if (each.isDirectory()) openUp(inside(held.path, Buffer.from(each.name)));
      }
    } finally {
      names.closeSync();
    }
  } finally {
    held.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

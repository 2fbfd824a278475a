/** Replaces a file as a whole: whoever reads it finds the old bytes or the new ones, after a crash too. */

import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { fail } from "../pet/errors.ts";
import { faultOf } from "./fault.ts";

interface Modes {
  /** `keep` leaves the mode of a file that is there, and is 0644 for a new one. */
  readonly mode: number | "keep";
  /** For directories that have to be made. */
  readonly directoryMode: number;
}

/** A symbolic link stays one: what it points to is replaced. @throws FILE_UNWRITABLE */
export function replaceFile(path: string, bytes: Uint8Array, { mode, directoryMode }: Modes): void {
  try {
    const target = throughLinks(path);
    const directory = dirname(target);
    mkdirSync(directory, { recursive: true, mode: directoryMode });
    const old = statSync(target, { throwIfNoEntry: false });
    const temporary = `${target}.pet-${process.pid}-${Date.now().toString(36)}`;
    try {
      const kept = old === undefined ? 0o644 : old.mode & 0o7777;
      writeSynced(temporary, bytes, mode === "keep" ? kept : mode, old);
      renameSync(temporary, target);
    } catch (cause) {
      rmSync(temporary, { force: true });
      throw cause;
    }
    syncDirectory(directory);
  } catch (cause) {
    throw fail("FILE_UNWRITABLE", { file: path, reason: faultOf(cause).text }, { cause });
  }
}

function throughLinks(path: string): string {
  let target = resolve(path);
  for (let hops = 0; hops < 40; hops++) {
    if (!lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target;
    target = resolve(dirname(target), readlinkSync(target));
  }
  throw Object.assign(new Error("too many symbolic links"), { code: "ELOOP" });
}

function writeSynced(
  path: string,
  bytes: Uint8Array,
  mode: number,
  owner: { readonly uid: number; readonly gid: number } | undefined,
): void {
  const file = openSync(
    path,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    0o600,
  );
  try {
    if (owner !== undefined && process.getuid?.() === 0) fchownSync(file, owner.uid, owner.gid);
    fchmodSync(file, mode);
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** So that the rename itself outlives a crash; some file systems cannot, and nothing is lost by that. */
function syncDirectory(directory: string): void {
  try {
    const handle = openSync(directory, "r");
    fsyncSync(handle);
    closeSync(handle);
  } catch {}
}

/** A file in the making: nothing is written over, or through a link. Runs of zeros stay holes. */

import { closeSync, constants, ftruncateSync, futimesSync, openSync, writeSync } from "node:fs";

export interface NewFile {
  write(part: Buffer): void;
  skip(length: number): void;
  finish(): void;
  close(): void;
}

export function createFile(
  path: Buffer,
  { mode, mtime }: { readonly mode: number; readonly mtime: number },
): NewFile {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const handle = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode & 0o777);
  let position = 0;
  let endsInHole = false;
  const close = () => closeSync(handle);
  return {
    write(part) {
      try {
        for (let done = 0; done < part.length; ) {
          done += writeSync(handle, part, done, part.length - done, position + done);
        }
      } catch (error) {
        // What is written to an open file does not tell its name.
        throw Object.assign(error instanceof Error ? error : new Error(), { path: String(path) });
      }
      position += part.length;
      endsInHole = false;
    },
    skip(length) {
      position += length;
      endsInHole = true;
    },
    finish() {
      if (endsInHole) ftruncateSync(handle, position);
      futimesSync(handle, mtime, mtime);
      close();
    },
    close,
  };
}

/**
 * The way out for many small frames and few large ones: gathered into two pieces of memory by turns, one filling
 * while the other is written, so that a tree of any size needs no more.
 */

import type { Writable } from "node:stream";
import { frameHeader, headerSize } from "./frames.ts";

const pieceSize = 512 * 1024;

export interface Outlet {
  /** A small frame. */
  add(frame: Buffer): Promise<void>;
  /** Memory for some of a file's bytes, at least half of a piece or as much as wanted, good until the next call. */
  room(wanted: number): Promise<Buffer>;
  /** So many bytes were put there. */
  fill(length: number): void;
  /** Sends what was gathered, and waits until all of it was taken. */
  flush(): Promise<void>;
}

/** @param lost rejects when the other side is gone, so that nobody waits for it to take more */
export function createOutlet(stream: Writable, lost: Promise<never>): Outlet {
  let [filling, other] = [Buffer.allocUnsafe(pieceSize), Buffer.allocUnsafe(pieceSize)];
  let used = 0;
  let written: Promise<void> = Promise.resolve();

  async function turn(): Promise<void> {
    await Promise.race([written, lost]);
    const full = filling.subarray(0, used);
    // Where it fails the line is broken, and `lost` knows more of it.
    written = new Promise((resolve) => {
      stream.write(full, (error) => {
        if (!error) resolve();
      });
    });
    [filling, other] = [other, filling];
    used = 0;
  }

  return {
    async add(frame) {
      if (used + frame.length > pieceSize) await turn();
      used += frame.copy(filling, used);
    },
    async room(wanted) {
      if (pieceSize - used - headerSize < Math.min(wanted, pieceSize / 2)) await turn();
      return filling.subarray(used + headerSize, used + headerSize + wanted);
    },
    fill(length) {
      frameHeader("B", length).copy(filling, used);
      used += headerSize + length;
    },
    async flush() {
      await turn();
      await Promise.race([written, lost]);
    },
  };
}

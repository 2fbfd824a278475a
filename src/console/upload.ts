/** Bytes for the program inside: never more of them on their way than the far end will take. */

import { bulkFrames, frame } from "./frames.ts";
import type { Line } from "./line.ts";

export interface Upload {
  write(bytes: Buffer): void;
  /** No more will be written. */
  end(): void;
  /** Bytes the far end says it has taken, in all. */
  taken(total: number): void;
  /** Bytes that wait here. */
  readonly waiting: number;
}

/** The far end keeps this much for a program that does not read, and no more. */
const credit = 1024 * 1024;

/** `emptied` is told whenever nothing waits any more and the line has room. */
export function openUpload(line: Line, emptied: () => void): Upload {
  let queue: Buffer[] = [];
  let waiting = 0;
  let sent = 0;
  let told = 0;
  let full = false;
  let ended = false;

  return {
    write(bytes) {
      queue.push(bytes);
      waiting += bytes.length;
      pump();
    },
    end() {
      ended = true;
      pump();
    },
    taken(total) {
      told = total;
      pump();
    },
    get waiting() {
      return waiting;
    },
  };

  function pump(): void {
    for (let bytes = queue[0]; bytes !== undefined && !full; bytes = queue[0]) {
      const room = told + credit - sent;
      if (room <= 0) break;
      const piece = bytes.subarray(0, room);
      if (piece.length === bytes.length) queue.shift();
      else queue[0] = bytes.subarray(room);
      sent += piece.length;
      waiting -= piece.length;
      for (const part of bulkFrames("d", piece)) full = !line.send(part) || full;
      if (full) line.onDrain(drained);
    }
    if (waiting > 0) return;
    if (ended) {
      queue = [];
      ended = false;
      line.send(frame("e"));
    } else if (!full) emptied();
  }

  function drained(): void {
    full = false;
    pump();
  }
}

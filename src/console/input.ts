/** A command's standard input, or what is typed on its terminal: never more on its way than the far end will take. */

import type { Readable } from "node:stream";
import { bulkFrames, frame } from "./frames.ts";
import type { Line } from "./line.ts";

export interface Input {
  /** Bytes the command has taken, in all. */
  taken(total: number): void;
  stop(): void;
}

/** The far end keeps this much for a command that does not read, and no more. */
const credit = 1024 * 1024;

export function sendInput(source: Readable | undefined, line: Line): Input {
  let sent = 0;
  let told = 0;
  let full = false;
  let queue: Buffer[] = [];
  let ended = false;

  if (source === undefined) {
    line.send(frame("e"));
    return { taken() {}, stop() {} };
  }
  const end = (): void => {
    ended = true;
    pump();
  };
  const data = (bytes: Buffer): void => {
    queue.push(bytes);
    pump();
  };
  source.on("data", data);
  source.on("end", end);
  source.on("error", end);
  // A question that was asked before has left it paused.
  source.resume();

  return {
    taken(total) {
      told = total;
      pump();
    },
    stop() {
      source.off("data", data);
      source.off("end", end);
      source.pause();
    },
  };

  function pump(): void {
    while (!full) {
      const bytes = queue[0];
      if (bytes === undefined) break;
      const room = told + credit - sent;
      if (room <= 0) break;
      const piece = bytes.subarray(0, room);
      if (piece.length === bytes.length) queue.shift();
      else queue[0] = bytes.subarray(room);
      sent += piece.length;
      for (const part of bulkFrames("d", piece)) full = !line.send(part) || full;
      if (full) line.onDrain(drained);
    }
    if (queue.length > 0) source?.pause();
    else if (ended) {
      queue = [];
      line.send(frame("e"));
      ended = false;
    } else if (!full) source?.resume();
  }

  function drained(): void {
    full = false;
    pump();
  }
}

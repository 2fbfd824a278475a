/** A command's standard input, or what is typed on its terminal: read no faster than the command takes it. */

import type { Readable } from "node:stream";
import { frame } from "./frames.ts";
import type { Line } from "./line.ts";
import { openUpload } from "./upload.ts";

export interface Input {
  /** The far end has answered `p`, so the command is there: what is read now is its. */
  begin(): void;
  /** Bytes the command has taken, in all. */
  taken(total: number): void;
  stop(): void;
}

export function openInput(source: Readable | undefined, line: Line): Input {
  if (source === undefined) {
    line.send(frame("e"));
    return { begin() {}, taken() {}, stop() {} };
  }
  // Input can be read but once: not before somebody is known to be there for it.
  line.send(frame("p"));
  const upload = openUpload(line, () => source.resume());
  const data = (bytes: Buffer): void => {
    upload.write(bytes);
    if (upload.waiting > 0) source.pause();
  };
  return {
    begin() {
      source.on("data", data);
      source.on("end", upload.end);
      source.on("error", upload.end);
      // A question that was asked before has left it paused.
      source.resume();
    },
    taken: upload.taken,
    stop() {
      source.off("data", data);
      source.off("end", upload.end);
      source.pause();
    },
  };
}

/** From the person's keyboard to the session: the keys that detach taken out, the rest sent as fast as it is taken. */

import type { DetachKey } from "./detach-keys.ts";
import { watchKeys } from "./keys.ts";
import type { Line } from "./line.ts";
import type { Terminal } from "./terminal.ts";
import { openUpload } from "./upload.ts";

export interface Typing {
  /** Bytes the session has taken, in all. */
  taken(total: number): void;
  stop(): void;
}

/** Typed for a program that does not read: kept here, so that the keys that detach are seen behind it. */
const mostKept = 64 * 1024 * 1024;

export function sendTyping(
  terminal: Terminal,
  line: Line,
  keys: readonly DetachKey[],
  detach: () => void,
): Typing {
  const { input } = terminal;
  const upload = openUpload(line, () => input.resume());
  const watch = watchKeys(keys, { send, detach });
  input.on("data", watch.feed);
  // A question that was asked before has left it paused.
  input.resume();
  return {
    taken: upload.taken,
    stop() {
      watch.stop();
      input.off("data", watch.feed);
      input.pause();
    },
  };

  function send(bytes: Buffer): void {
    upload.write(bytes);
    if (upload.waiting > mostKept) input.pause();
  }
}

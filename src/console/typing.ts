/** From the person's keyboard to the session: the keys that detach taken out, the rest sent as fast as the line takes it. */

import type { DetachKey } from "./detach-keys.ts";
import { bulkFrames } from "./frames.ts";
import { watchKeys } from "./keys.ts";
import type { Line } from "./line.ts";
import type { Terminal } from "./terminal.ts";

/** Answers how to stop. */
export function sendTyping(
  terminal: Terminal,
  line: Line,
  keys: readonly DetachKey[],
  detach: () => void,
): () => void {
  const { input } = terminal;
  const watch = watchKeys(keys, { send, detach });
  input.on("data", watch.feed);
  // A question that was asked before has left it paused.
  input.resume();
  return () => {
    watch.stop();
    input.off("data", watch.feed);
    input.pause();
  };

  function send(bytes: Buffer): void {
    let room = true;
    for (const piece of bulkFrames("d", bytes)) room = line.send(piece);
    if (room) return;
    input.pause();
    line.onDrain(() => input.resume());
  }
}

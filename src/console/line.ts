/** The line to the program behind a door: frames out, frames in, and how it ended. */

import type { Door } from "../engine/engine.ts";
import { type FrameHandler, frameDecoder } from "./frames.ts";
import { within } from "./within.ts";

export interface Line {
  /** Sends frames; where the answer is false, wait for `onDrain` before sending bulk. */
  send(frame: Buffer): boolean;
  onDrain(listener: () => void): void;
  pause(): void;
  resume(): void;
  /** Resolves when the far end has said all it will say; with what it said on stderr where the line broke. */
  readonly ended: Promise<Error>;
  /** Sends a last frame, gives it a moment to get out, and lets go. */
  close(last?: Buffer): Promise<void>;
}

const lastFrameMs = 150;
const keptOfStderr = 4096;

export function openLine(door: Door, handle: FrameHandler): Line {
  const { promise: ended, resolve: end } = Promise.withResolvers<Error>();
  let words = "";
  door.stderr.on("data", (bytes: Buffer) => {
    words = (words + bytes.toString()).slice(-keptOfStderr);
  });
  const decode = frameDecoder(handle);
  door.stdout.on("data", (chunk: Buffer) => {
    try {
      decode(chunk);
    } catch (error) {
      broken(error);
    }
  });
  door.stdout.once("end", () => broken(undefined));
  door.stdout.once("close", () => broken(undefined));
  door.stdout.on("error", broken);
  door.stdin.on("error", () => {}); // the far end went first: stdout's end says so
  door.stderr.on("error", () => {});
  door.exit.catch(broken);

  function broken(error: unknown): void {
    // stderr may still be on its way when stdout ends.
    setImmediate(() =>
      end(error instanceof Error ? error : new Error(words.trim() || "the line to the pet broke")),
    );
  }

  return {
    ended,
    send: (frame) => door.stdin.writable && door.stdin.write(frame),
    onDrain: (listener) => void door.stdin.once("drain", listener),
    pause: () => void door.stdout.pause(),
    resume: () => void door.stdout.resume(),
    async close(last) {
      if (door.stdin.writable) {
        const out = new Promise<void>((resolve) => door.stdin.end(last ?? Buffer.alloc(0), () => resolve()));
        await within(lastFrameMs, out);
      }
      door.close();
    },
  };
}

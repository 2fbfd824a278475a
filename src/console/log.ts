/**
 * The session's log as it arrives, kept until its end is there, then shown to a model at the sizes it was written
 * for. Where a part of it has been seen before, it finds the row from which on it has not.
 */

import type { Model } from "./model.ts";
import type { Size } from "./terminal.ts";

export interface Log {
  size(size: Size): void;
  output(bytes: Buffer): void;
  /** Where the log's start was cut off: the modes in force there. */
  modes(sequences: Buffer): void;
  readonly isEmpty: boolean;
  /** Shows it all to the model; `seen` are the last bytes that the terminal has shown. Answers where to paint from. */
  replay(model: Model, seen: Buffer): Promise<Replayed>;
  /** The last `most` bytes. */
  end(most: number): Buffer;
  readonly firstSize: Size | undefined;
}

interface Replayed {
  /** A row of the normal buffer; undefined where what was seen is not in the log. */
  row(): number | undefined;
}

/** Bytes that a model is given before it is waited for: it throws away what is too much. */
const mostWaiting = 4 * 1024 * 1024;

type Entry = { readonly size: Size } | { readonly modes: Buffer } | { readonly bytes: Buffer };

export function createLog(): Log {
  const entries: Entry[] = [];

  return {
    size: (size) => void entries.push({ size }),
    modes: (sequences) => void entries.push({ modes: sequences }),
    output: (bytes) => void entries.push({ bytes }),
    get isEmpty() {
      return !entries.some((entry) => "bytes" in entry);
    },
    get firstSize() {
      return entries.find((entry) => "size" in entry)?.size;
    },
    replay,
    end: (most) => tail(output(), most),
  };

  function output(): Buffer {
    return Buffer.concat(entries.flatMap((entry) => ("bytes" in entry ? [entry.bytes] : [])));
  }

  async function replay(model: Model, seen: Buffer): Promise<Replayed> {
    let left = seenUpTo(seen);
    let top: (() => number) | undefined;
    let shown: Promise<void> = Promise.resolve();
    let waiting = 0;
    for (const entry of entries) {
      if ("size" in entry) {
        shown = model.resize(entry.size);
        continue;
      }
      if ("modes" in entry) {
        shown = model.write(entry.modes);
        continue;
      }
      if (top === undefined && left !== undefined && left <= entry.bytes.length) {
        await model.write(entry.bytes.subarray(0, left));
        top = markTop(model);
        shown = model.write(entry.bytes.subarray(left));
        continue;
      }
      if (left !== undefined) left -= entry.bytes.length;
      shown = model.write(entry.bytes);
      waiting += entry.bytes.length;
      if (waiting < mostWaiting) continue;
      await shown;
      waiting = 0;
    }
    await shown;
    return { row: () => top?.() };
  }

  function seenUpTo(seen: Buffer): number | undefined {
    const all = output();
    // The log ends between sequences; what was shown may have gone on into the middle of one.
    for (const beyond of [0, 64, 512]) {
      const part = seen.subarray(0, seen.length - beyond);
      const at = part.length === 0 ? -1 : all.lastIndexOf(part);
      if (at !== -1) return at + part.length;
    }
    return undefined;
  }
}

/** Remembers the first row of the screen as it is now, wherever scrolling and rewrapping take it. */
function markTop({ terminal }: Model): () => number {
  const { normal, active } = terminal.buffer;
  const row = normal.baseY;
  const marker = active.type === "normal" ? terminal.registerMarker(-normal.cursorY) : undefined;
  return () => (marker === undefined ? row : Math.max(0, marker.line));
}

export function tail(bytes: Buffer, most: number): Buffer {
  return bytes.subarray(Math.max(0, bytes.length - most));
}

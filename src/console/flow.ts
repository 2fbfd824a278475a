/**
 * To the person's terminal, no faster than it takes it: one piece is on its way at a time, so that what is still
 * queued can be thrown away at once, and what was taken is known to the byte.
 */

import type { Writable } from "node:stream";
import { keepColumn } from "./line-feeds.ts";

export interface Piece {
  readonly bytes: Buffer;
  /** How many bytes of the session's output this stands for. */
  readonly credit: number;
  /** The end of the session's output that shows once this is written; output passed on raw is that itself. */
  readonly shows: Buffer;
}

export interface Flow {
  write(piece: Piece): void;
  /** Forgets what is queued; answers the credit that went with it. */
  discard(): number;
  /** Resolves when all that was written has been taken, or thrown away. */
  idle(): Promise<void>;
  isIdle(): boolean;
}

const mostAtOnce = 64 * 1024;

export function createFlow(
  output: Writable,
  on: { writing(piece: Piece): void; taken(credit: number): void },
): Flow {
  let queue: Piece[] = [];
  let head = 0;
  let busy = false;
  let waiting: (() => void)[] = [];

  return {
    write(piece) {
      queue.push(piece);
      if (!busy) next();
    },
    discard() {
      const credit = queue.slice(head).reduce((sum, piece) => sum + piece.credit, 0);
      queue = [];
      head = 0;
      return credit;
    },
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    isIdle,
  };

  function isIdle(): boolean {
    return !busy && head >= queue.length;
  }

  function next(): void {
    const piece = take();
    if (piece === undefined) {
      const told = waiting;
      waiting = [];
      for (const resolve of told) resolve();
      return;
    }
    busy = true;
    on.writing(piece);
    output.write(keepColumn(piece.bytes), () => {
      busy = false;
      on.taken(piece.credit);
      if (!busy) next();
    });
  }

  /** The next piece, small ones of raw output joined: a write costs more than a copy. */
  function take(): Piece | undefined {
    const first = queue[head];
    if (first === undefined) return undefined;
    let end = head + 1;
    let length = first.bytes.length;
    for (let more = queue[end]; isRaw(first) && isRaw(more); more = queue[++end]) {
      if (length + more.bytes.length > mostAtOnce) break;
      length += more.bytes.length;
    }
    const taken = queue.slice(head, end);
    head = end;
    if (head >= queue.length || head > 1024) {
      queue = queue.slice(head);
      head = 0;
    }
    return taken.length === 1
      ? first
      : raw(
          Buffer.concat(
            taken.map((piece) => piece.bytes),
            length,
          ),
        );
  }
}

/** Session output as it is. */
export function raw(bytes: Buffer): Piece {
  return { bytes, credit: bytes.length, shows: bytes };
}

function isRaw(piece: Piece | undefined): piece is Piece {
  return piece !== undefined && piece.shows === piece.bytes;
}

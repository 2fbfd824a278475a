/** The person's terminal as a session uses it: everything written to it goes through here, so it is known what undoes it. */

import type { Writable } from "node:stream";
import { createFlow, raw } from "./flow.ts";
import { tail } from "./log.ts";
import { trackModes } from "./modes.ts";
import { leave } from "./whole.ts";

export interface Screen {
  /** Output of the session, as it is. */
  output(bytes: Buffer): void;
  /** A picture of the session, whose output ends with `shows`. It begins with a terminal that is whole. */
  picture(parts: Iterable<string>, shows?: Buffer): void;
  /** Changes to a picture. */
  touch(text: string): void;
  /** Throws away what is not yet on its way; answers how much output that was. */
  discard(): number;
  idle(): Promise<void>;
  isIdle(): boolean;
  /** The end of the session's output that the terminal was shown. */
  readonly seen: Buffer;
  /** What makes the terminal whole, and leaves its cursor on a line of its own. */
  whole(): string;
  /** What brings the cursor of the normal screen to a line of its own. */
  freshLine(): string;
  /** It was made whole: nothing is in force any more. */
  forget(): void;
}

const seenBytes = 4096;
const partBytes = 32 * 1024;
const nothing = Buffer.alloc(0);

/** The title is put away first, to be taken back when all is over. */
const keepTitle = "\x1b[22;0t";

export function openScreen(output: Writable, taken: (credit: number) => void): Screen {
  let tracker = trackModes();
  let seen: Buffer = nothing;
  let lastByte: number | undefined;
  const flow = createFlow(output, {
    writing({ bytes, shows }) {
      tracker.feed(bytes);
      lastByte = bytes.at(-1) ?? lastByte;
      if (shows.length >= seenBytes) seen = tail(shows, seenBytes);
      else if (shows.length > 0) seen = tail(Buffer.concat([seen, shows]), seenBytes);
    },
    taken,
  });

  return {
    output: (bytes) => flow.write(raw(bytes)),
    picture,
    touch: (text) => flow.write({ bytes: Buffer.from(text), credit: 0, shows: nothing }),
    discard: flow.discard,
    idle: flow.idle,
    isIdle: flow.isIdle,
    get seen() {
      return seen;
    },
    whole: () => undo() + (tracker.modes.alternate !== 0 ? "" : freshLine()),
    freshLine,
    forget() {
      tracker = trackModes();
      lastByte = undefined;
    },
  };

  function picture(parts: Iterable<string>, shows = nothing): void {
    const pieces = [...joined([undo(), keepTitle], parts)];
    for (const [i, bytes] of pieces.entries()) {
      flow.write({ bytes, credit: 0, shows: i === pieces.length - 1 ? shows : nothing });
    }
  }

  function freshLine(): string {
    return lastByte === undefined || lastByte === 0x0a ? "" : "\r\n\x1b[J";
  }

  function undo(): string {
    // A piece that is still on its way may be cut anywhere.
    return (tracker.midway() || !flow.isIdle() ? "\x18" : "") + leave(tracker.modes);
  }
}

function* joined(...lists: Iterable<string>[]): Generator<Buffer> {
  let text = "";
  for (const list of lists) {
    for (const part of list) {
      text += part;
      if (text.length < partBytes) continue;
      yield Buffer.from(text);
      text = "";
    }
  }
  if (text !== "") yield Buffer.from(text);
}

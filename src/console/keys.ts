/**
 * Watches what a person types for the keys that detach, in every way a terminal may send them, and hands on the
 * rest. Pressed once they detach after a moment, or at the next key; pressed twice they go through once. Within a
 * bracketed paste nothing is looked at. Input may be cut anywhere: a sequence that might become a detach key is
 * held until its rest arrives, or for a moment so short that nobody feels it (a lone Escape is a key, too).
 */

import type { DetachKey } from "./detach-keys.ts";
import { meaningOf, tokenAt } from "./key-codes.ts";

export interface KeyListener {
  send(bytes: Buffer): void;
  detach(): void;
}

export interface KeyWatch {
  feed(chunk: Buffer): void;
  /** Forgets what it waits for. */
  stop(): void;
}

export const twiceMs = 300;
export const heldMs = 15;
const pasteBegins = Buffer.from("\x1b[200~");
const pasteEnds = Buffer.from("\x1b[201~");
const nothing = Buffer.alloc(0);

export function watchKeys(keys: readonly DetachKey[], on: KeyListener): KeyWatch {
  let held: Buffer = nothing;
  let heldTimer: NodeJS.Timeout | undefined;
  let inPaste = false;
  /** The beginning of a paste's end that came last. */
  let endSeen: Buffer = nothing;
  /** Keys of the sequence pressed so far, as they arrived. */
  let pressed: Buffer[] = [];
  /** The whole sequence was pressed: is it pressed again? */
  let pending: NodeJS.Timeout | undefined;
  let sentThrough = false;
  let stopped = false;

  return { feed, stop };

  function feed(chunk: Buffer): void {
    clearTimeout(heldTimer);
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    held = nothing;
    read(bytes);
    if (held.length > 0 && !stopped) heldTimer = setTimeout(giveUpHolding, heldMs);
  }

  function read(bytes: Buffer): void {
    let from = 0;
    let at = 0;
    while (at < bytes.length && !stopped) {
      if (inPaste) {
        // Nothing is held back in here: an end may come in pieces, with any time between them.
        const seen = Buffer.concat([endSeen, bytes.subarray(at)]);
        const end = seen.indexOf(pasteEnds);
        if (end === -1) {
          endSeen = seen.subarray(seen.length - partOf(pasteEnds, seen));
          break;
        }
        inPaste = false;
        at += end + pasteEnds.length - endSeen.length;
        continue;
      }
      const next = nextCandidate(bytes, at);
      if (next === -1) break;
      const token = tokenAt(bytes, next);
      if (token === undefined) {
        pass(bytes.subarray(from, next));
        held = Buffer.from(bytes.subarray(next));
        return;
      }
      at = next + token.length;
      if (token.equals(pasteBegins)) {
        inPaste = true;
        endSeen = nothing;
        continue;
      }
      let meaning = meaningOf(token, keys, pressed.length);
      if (meaning === "other" && pressed.length > 0 && meaningOf(token, keys, 0) === "press") {
        breakOff(); // a key that breaks the sequence off may begin it anew
        meaning = "press";
      }
      const waiting = pressed.length > 0 || pending !== undefined;
      if (meaning === "other" || (meaning === "aside" && !waiting)) continue;
      if (meaning === "release" && sentThrough) {
        sentThrough = false;
        continue;
      }
      pass(bytes.subarray(from, next));
      from = at;
      if (meaning === "press") press(token);
      if (meaning === "aside") on.send(token);
    }
    if (!stopped) pass(bytes.subarray(from));
  }

  /** Bytes that are not the sequence: they break it off, or confirm a detach that waits for its second press. */
  function pass(bytes: Buffer): void {
    if (bytes.length === 0 || stopped) return;
    if (pending !== undefined) {
      detach();
      return;
    }
    breakOff();
    on.send(bytes);
  }

  function breakOff(): void {
    if (pressed.length > 0) on.send(Buffer.concat(pressed));
    pressed = [];
  }

  function press(token: Buffer): void {
    if (stopped) return;
    pressed.push(Buffer.from(token));
    if (pressed.length < keys.length) return;
    const all = Buffer.concat(pressed);
    pressed = [];
    if (pending === undefined) {
      pending = setTimeout(detach, twiceMs);
      return;
    }
    clearTimeout(pending);
    pending = undefined;
    sentThrough = true;
    on.send(all);
  }

  function detach(): void {
    stop();
    on.detach();
  }

  function giveUpHolding(): void {
    const bytes = held;
    held = nothing;
    if (meaningOf(bytes, keys, pressed.length) === "press") press(bytes);
    else pass(bytes);
  }

  function stop(): void {
    stopped = true;
    clearTimeout(heldTimer);
    clearTimeout(pending);
  }

  /** The next byte that may begin one of the keys, or a paste. */
  function nextCandidate(bytes: Buffer, from: number): number {
    if (pressed.length > 0 || pending !== undefined) return from;
    const wanted = keys[0]?.byte ?? -1;
    for (let at = from; at < bytes.length; at++) if (bytes[at] === 0x1b || bytes[at] === wanted) return at;
    return -1;
  }
}

/** How many bytes at the end of `bytes` may be the beginning of `marker`. */
function partOf(marker: Buffer, bytes: Buffer): number {
  for (let length = Math.min(marker.length - 1, bytes.length); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(marker.subarray(0, length))) return length;
  }
  return 0;
}

/** Keys as terminals spell them: a byte, kitty's `CSI code ; modifiers u`, xterm's modifyOtherKeys `CSI 27 ; modifiers ; code ~`. */

import type { DetachKey } from "./detach-keys.ts";

const longestHeld = 48;

/** The byte or the whole CSI sequence at `at`; undefined where its end has not arrived. */
export function tokenAt(bytes: Buffer, at: number): Buffer | undefined {
  if (bytes[at] !== 0x1b) return bytes.subarray(at, at + 1);
  if (bytes[at + 1] === undefined) return undefined;
  if (bytes[at + 1] !== 0x5b) return bytes.subarray(at, at + 1);
  for (let end = at + 2; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0;
    if (byte >= 0x30 && byte <= 0x3b) continue; // digits, colons and semicolons: all a key's code is made of
    return bytes.subarray(at, byte >= 0x40 && byte <= 0x7e ? end + 1 : end);
  }
  return bytes.length - at > longestHeld ? bytes.subarray(at) : undefined;
}

/** `aside`: what a keyboard tells besides the keys pressed, releases of other keys and modifiers on their own. */
export type Meaning = "press" | "release" | "aside" | "other";

const locks = 64 | 128;

/** What a token means where `expected` is the next key of the sequence `keys`. */
export function meaningOf(token: Buffer, keys: readonly DetachKey[], expected: number): Meaning {
  const key = keys[expected];
  if (token.length === 1) return token[0] === key?.byte ? "press" : "other";
  const text = token.toString("latin1");
  const kitty = /^\x1b\[(\d+)(?::(\d*))?(?::(\d*))?(?:;(\d*)(?::(\d+))?(?:;[\d:]*)?)?u$/.exec(text);
  if (kitty !== null) {
    const [, code, , base, modifiers, event = "1"] = kitty;
    const names = [Number(code), Number(base || -1)];
    const isKey = (one: DetachKey): boolean =>
      names.some((name) => one.codes.includes(name)) && matches(modifiers, one);
    if (event === "1" && key !== undefined && isKey(key)) return "press";
    if (event !== "1" && keys.some(isKey)) return "release"; // a key held down repeats: swallowed like its release
    return event === "3" || isModifier(Number(code)) ? "aside" : "other";
  }
  const xterm = /^\x1b\[27;(\d+);(\d+)~$/.exec(text);
  if (xterm === null || key === undefined) return "other";
  return key.codes.includes(Number(xterm[2])) && matches(xterm[1], key) ? "press" : "other";
}

function isModifier(code: number): boolean {
  return code >= 57441 && code <= 57454;
}

function matches(modifiers: string | undefined, key: DetachKey): boolean {
  const bits = (Number(modifiers || 1) - 1) & ~locks;
  return bits === (key.modifier === "ctrl" ? 4 : 0);
}

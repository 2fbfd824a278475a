/** The keys that detach, in the docker CLI's notation: `ctrl-\`, or several in a row: `ctrl-p,ctrl-q`. */

import { fail } from "../pet/errors.ts";

export interface DetachKey {
  /** As a plain terminal sends it. */
  readonly byte: number;
  /** As terminals with a richer keyboard protocol name the key itself. */
  readonly codes: readonly number[];
  readonly modifier: "ctrl" | "none";
}

/** Where the byte of a ctrl key has other keys too: ctrl-^ is ctrl-6 on many a keyboard. */
const otherNames: Readonly<Record<string, string>> = { "@": " 2", "^": "6", _: "/-7", "\\": "4", "]": "5" };

/** @throws BAD_DETACH_KEYS */
export function parseDetachKeys(text: string): readonly DetachKey[] {
  return text.split(",").map((name) => {
    const ctrl = /^ctrl-([a-z@[\\\]^_])$/i.exec(name)?.[1]?.toLowerCase();
    if (ctrl !== undefined) {
      const codes = [...ctrl, ...(otherNames[ctrl] ?? "")].map((char) => char.charCodeAt(0));
      return { byte: ctrl.toUpperCase().charCodeAt(0) & 0x1f, codes, modifier: "ctrl" };
    }
    if (!/^[\x21-\x7e]$/.test(name)) throw fail("BAD_DETACH_KEYS", { keys: text });
    return { byte: name.charCodeAt(0), codes: [name.charCodeAt(0)], modifier: "none" };
  });
}

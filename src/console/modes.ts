/**
 * What a terminal has been put into by the output it was given: everything that outlives the program that asked for
 * it, and that a model of cells and colours does not tell. Fed with a session's log it says how to bring a fresh
 * terminal there; fed with all that went to a person's terminal it says how to make that one whole again.
 */

import { createScanner } from "./scan.ts";

/** The keyboard of one screen in kitty's protocol: flags in force below the stack, and what was pushed since. */
export interface Keyboard {
  base: number;
  pushed: number[];
}

export interface Modes {
  /** DEC private modes away from their default, in the order they were last changed. */
  readonly privates: Map<number, "set" | "reset">;
  /** ANSI modes that are set: 4 (insert), 20 (new line). */
  readonly ansi: Set<number>;
  /** The private mode by which the alternate screen was entered, 0 on the normal one. */
  alternate: 0 | 47 | 1047 | 1049;
  applicationKeypad: boolean;
  /** As in `CSI n SP q`; 0 is the person's own. */
  cursorShape: number;
  /** Values of `CSI > resource ; value m`. */
  readonly modifyKeys: Map<number, number>;
  readonly keyboards: { normal: Keyboard; alternate: Keyboard };
  /** A scroll region was set and not taken back. */
  region: boolean;
  /** Final of `ESC ( x` and the like by its intermediate, where not ASCII. */
  readonly charsets: Map<string, string>;
  title: string | undefined;
  /** Titles put away by `CSI 22 t`. */
  readonly titles: (string | undefined)[];
  /** Colours changed by OSC: `4;1` or `11` to the value given. */
  readonly colours: Map<string, string>;
  progress: boolean;
  /** An image (sixel, kitty, iTerm2) was drawn on the alternate screen since it was entered or cleared. */
  images: boolean;
}

export interface ModesTracker {
  feed(bytes: Buffer): void;
  midway(): boolean;
  /** Live: what it holds changes with what is fed. */
  readonly modes: Modes;
}

/** Set unless a program resets them: autorepeat, autowrap, cursor. */
export const setByDefault: ReadonlySet<number> = new Set([7, 8, 25]);
const alternates: ReadonlySet<number> = new Set([47, 1047, 1049]);
/** Saving the cursor, 132 columns and leave to switch to them are acts, not modes that last. */
const notKept: ReadonlySet<number> = new Set([2, 3, 40, 1048]);
const deepest = 32;

export function trackModes(): ModesTracker {
  const modes = freshModes();
  const remembered = new Map<number, "set" | "reset">();
  /** A saved cursor has its charsets; each screen has its saved cursor. */
  let savedCharsets = { normal: new Map<string, string>(), alternate: new Map<string, string>() };
  const scanner = createScanner({ csi, esc, osc, string });
  return { feed: scanner.feed, midway: scanner.midway, modes };

  function csi(body: string, final: string): void {
    if (final === "h" || final === "l") setModes(body, final === "h" ? "set" : "reset");
    else if (final === "u") keyboard(body);
    else if (final === "r" && body.startsWith("?")) recallModes(body);
    else if (final === "r") region(body);
    else if (final === "s" && body.startsWith("?")) rememberModes(body);
    else if (final === "s" && body === "") cursorKept("set");
    else if (final === "q" && body.endsWith(" ")) modes.cursorShape = numbers(body)[0] ?? 0;
    else if (final === "m" && body.startsWith(">")) modifyKeys(body);
    else if (final === "n" && body.startsWith(">")) modes.modifyKeys.delete(numbers(body)[0] ?? 2);
    else if (final === "t") titleStack(body);
    else if (final === "p" && body === "!") softReset();
    else if (final === "J" && body === "2") modes.images = false;
  }

  function setModes(body: string, to: "set" | "reset"): void {
    if (!body.startsWith("?")) {
      for (const mode of numbers(body)) {
        if (to === "reset") modes.ansi.delete(mode);
        else if (mode === 4 || mode === 20) modes.ansi.add(mode);
      }
      return;
    }
    for (const mode of numbers(body)) setPrivate(mode, to);
  }

  function setPrivate(mode: number, to: "set" | "reset"): void {
    if (mode === 1048 || (mode === 1049 && to === "set")) cursorKept(to);
    if (alternates.has(mode)) {
      modes.images = false;
      modes.alternate = to === "reset" ? 0 : (mode as 47 | 1047 | 1049);
      if (mode === 1049 && to === "reset") cursorKept(to);
      return;
    }
    if (mode === 66) modes.applicationKeypad = to === "set";
    else if (!notKept.has(mode)) {
      modes.privates.delete(mode);
      if ((to === "set") !== setByDefault.has(mode)) modes.privates.set(mode, to);
      // Resetting any way of mouse tracking ends tracking as a whole.
      if (mouseTracking.has(mode))
        for (const other of mouseTracking) if (other !== mode) modes.privates.delete(other);
    }
  }

  function rememberModes(body: string): void {
    for (const mode of numbers(body)) remembered.set(mode, currently(mode));
  }

  function recallModes(body: string): void {
    for (const mode of numbers(body)) {
      const value = remembered.get(mode);
      if (value !== undefined) setPrivate(mode, value);
    }
  }

  function currently(mode: number): "set" | "reset" {
    if (alternates.has(mode)) return modes.alternate === 0 ? "reset" : "set";
    return modes.privates.get(mode) ?? (setByDefault.has(mode) ? "set" : "reset");
  }

  function cursorKept(to: "set" | "reset"): void {
    const screen = modes.alternate === 0 ? "normal" : "alternate";
    if (to === "set") {
      savedCharsets = { ...savedCharsets, [screen]: new Map(modes.charsets) };
      return;
    }
    modes.charsets.clear();
    for (const [which, final] of savedCharsets[screen]) modes.charsets.set(which, final);
  }

  function keyboard(body: string): void {
    if (body === "") cursorKept("reset");
    const board = modes.alternate === 0 ? modes.keyboards.normal : modes.keyboards.alternate;
    const [first, second] = numbers(body.slice(1));
    if (body.startsWith(">")) {
      board.pushed.push(first ?? 0);
      if (board.pushed.length > deepest) board.base = board.pushed.shift() ?? 0;
    } else if (body.startsWith("<")) {
      const popped = first ?? 1;
      if (popped > board.pushed.length) board.base = 0;
      board.pushed.splice(Math.max(0, board.pushed.length - popped));
    } else if (body.startsWith("=")) {
      const top = board.pushed.length - 1;
      const now = board.pushed[top] ?? board.base;
      const flags = first ?? 0;
      const changed = second === 2 ? now | flags : second === 3 ? now & ~flags : flags;
      if (top < 0) board.base = changed;
      else board.pushed[top] = changed;
    }
  }

  /** On the alternate screen nothing takes back the normal screen's, where terminals keep one for each. */
  function region(body: string): void {
    if (numbers(body).some((n) => n > 0)) modes.region = true;
    else if (modes.alternate === 0) modes.region = false;
  }

  function modifyKeys(body: string): void {
    const [resource, value] = numbers(body);
    if (resource === undefined) modes.modifyKeys.clear();
    else if (value === undefined || value === 0) modes.modifyKeys.delete(resource);
    else modes.modifyKeys.set(resource, value);
  }

  function titleStack(body: string): void {
    const [what, which] = numbers(body);
    if (which === 1) return; // the icon's name alone
    if (what === 22 && modes.titles.length < deepest) modes.titles.push(modes.title);
    else if (what === 23 && modes.titles.length > 0) modes.title = modes.titles.pop();
  }

  function esc(body: string): void {
    if (body === "c") Object.assign(modes, { ...freshModes(), title: modes.title, titles: modes.titles });
    else if (body === "7") cursorKept("set");
    else if (body === "8") cursorKept("reset");
    else if (body === "=") modes.applicationKeypad = true;
    else if (body === ">") modes.applicationKeypad = false;
    else if (body.length >= 2 && "()*+-./".includes(body.charAt(0))) {
      if (body === "(B" || body === ")B" || body === "*B" || body === "+B")
        modes.charsets.delete(body.charAt(0));
      else modes.charsets.set(body.charAt(0), body.slice(1));
    }
  }

  function osc(text: string): void {
    const [command = "", ...rest] = text.split(";");
    const value = rest.join(";");
    if (command === "0" || command === "2") modes.title = value;
    else if (command === "4") palette(rest);
    else if (/^1[0-9]$/.test(command)) dynamicColours(Number(command), rest);
    else if (/^11[0-9]$/.test(command)) modes.colours.delete(String(Number(command) - 100));
    else if (command === "104") for (const key of [...modes.colours.keys()]) forgetPalette(key, rest);
    else if (command === "1337") string(`]${text}`);
    else if (command === "9" && rest[0] === "4") modes.progress = (rest[1] ?? "0") !== "0";
  }

  function string(beginning: string): void {
    const image = /^P[\d;]*q|^_G|^\]1337;File=/.test(beginning);
    if (image && modes.alternate !== 0) modes.images = true;
  }

  function palette(rest: readonly string[]): void {
    for (let i = 0; i + 1 < rest.length; i += 2) {
      if (rest[i + 1] !== "?") modes.colours.set(`4;${rest[i]}`, rest[i + 1] ?? "");
    }
  }

  /** Further values are for the colours that follow. A question sets nothing. */
  function dynamicColours(first: number, values: readonly string[]): void {
    for (const [i, value] of values.entries()) {
      if (value !== "?" && value !== "" && first + i <= 19) modes.colours.set(String(first + i), value);
    }
  }

  function forgetPalette(key: string, rest: readonly string[]): void {
    if (key.startsWith("4;") && (rest.length === 0 || rest[0] === "" || rest.includes(key.slice(2))))
      modes.colours.delete(key);
  }

  function softReset(): void {
    for (const mode of [1, 6, 7, 25, 45]) modes.privates.delete(mode);
    modes.ansi.delete(4);
    modes.applicationKeypad = false;
    // On the alternate screen this leaves the normal screen's region as it was.
    if (modes.alternate === 0) modes.region = false;
    modes.charsets.clear();
  }
}

const mouseTracking: ReadonlySet<number> = new Set([9, 1000, 1001, 1002, 1003]);

function freshModes(): Modes {
  return {
    privates: new Map(),
    ansi: new Set(),
    alternate: 0,
    applicationKeypad: false,
    cursorShape: 0,
    modifyKeys: new Map(),
    keyboards: { normal: { base: 0, pushed: [] }, alternate: { base: 0, pushed: [] } },
    region: false,
    charsets: new Map(),
    title: undefined,
    titles: [],
    colours: new Map(),
    progress: false,
    images: false,
  };
}

function numbers(body: string): number[] {
  const digits = body.match(/[\d;:]+/)?.[0];
  if (digits === undefined) return [];
  return digits.split(";").map((part) => Number.parseInt(part, 10) || 0);
}

/** From modes to the strings that take a terminal into them, and out of them again. */

import { type Keyboard, type Modes, setByDefault } from "./modes.ts";

/** Modes that would hide or shift what is painted after them. Origin mode (6) moves the cursor: paint.ts sets it. */
const notEntered: ReadonlySet<number> = new Set([6, 2026]);

/** Modes of the normal screen, sent before the alternate one is entered. */
export function enterNormal(modes: Modes): string {
  return (
    modes.titles.map((title) => `${titled(title)}\x1b[22;0t`).join("") +
    titled(modes.title) +
    [...modes.colours].map(([which, value]) => `\x1b]${which};${value}\x1b\\`).join("") +
    enterKeyboard(modes.keyboards.normal)
  );
}

/** Everything else, sent when all is painted and the cursor stands where it should. */
export function enterModes(modes: Modes): string {
  const privates = [...modes.privates].filter(([mode]) => !notEntered.has(mode));
  return (
    (modes.alternate === 0 ? "" : enterKeyboard(modes.keyboards.alternate)) +
    [...modes.ansi].map((mode) => `\x1b[${mode}h`).join("") +
    (modes.applicationKeypad ? "\x1b=" : "") +
    (modes.cursorShape === 0 ? "" : `\x1b[${modes.cursorShape} q`) +
    [...modes.modifyKeys].map(([resource, value]) => `\x1b[>${resource};${value}m`).join("") +
    privates.map(([mode, to]) => `\x1b[?${mode}${to === "set" ? "h" : "l"}`).join("")
  );
}

/** What has to do with keys alone: a watcher's terminal wants these, so that the first key it sends is the right one. */
export function enterKeys(modes: Modes): string {
  const board = modes.alternate === 0 ? modes.keyboards.normal : modes.keyboards.alternate;
  const keys = [...modes.privates].filter(([mode, to]) => to === "set" && (mode === 1 || mode === 2004));
  return (
    enterKeyboard(board) +
    (modes.applicationKeypad ? "\x1b=" : "") +
    [...modes.modifyKeys].map(([resource, value]) => `\x1b[>${resource};${value}m`).join("") +
    keys.map(([mode]) => `\x1b[?${mode}h`).join("")
  );
}

/** Takes back what `enterKeys` gave. */
export function leaveKeys(modes: Modes): string {
  const board = modes.alternate === 0 ? modes.keyboards.normal : modes.keyboards.alternate;
  return (
    leaveKeyboard(board) +
    (modes.applicationKeypad ? "\x1b>" : "") +
    [...modes.modifyKeys.keys()].map((resource) => `\x1b[>${resource}m`).join("") +
    [1, 2004]
      .filter((mode) => modes.privates.get(mode) === "set")
      .map((mode) => `\x1b[?${mode}l`)
      .join("")
  );
}

/** The way out of everything, in an order that leaves the cursor where a person expects it. */
export function leave(modes: Modes): string {
  return (
    leaveKeyboard(modes.alternate === 0 ? undefined : modes.keyboards.alternate) +
    (modes.alternate === 0 ? "" : `\x1b[?${modes.alternate}l`) +
    leaveKeyboard(modes.keyboards.normal) +
    leavePrivates(modes) +
    (modes.region ? "\x1b7\x1b[r\x1b8" : "") +
    [...modes.ansi].map((mode) => `\x1b[${mode}l`).join("") +
    (modes.applicationKeypad ? "\x1b>" : "") +
    (modes.cursorShape === 0 ? "" : "\x1b[0 q") +
    [...modes.modifyKeys.keys()].map((resource) => `\x1b[>${resource}m`).join("") +
    [...modes.charsets.keys()]
      .filter((which) => !"()".includes(which))
      .map((which) => `\x1b${ascii(which)}`)
      .join("") +
    [...modes.colours.keys()].map(resetColour).join("") +
    "\x1b[23;0t".repeat(modes.titles.length) +
    (modes.progress ? "\x1b]9;4;0\x1b\\" : "") +
    // Some in any case: not every terminal shows the cursor again on a full reset, or puts a charset back with it.
    "\x1b[?25h\x1b(B\x1b)B\x0f\x1b]8;;\x1b\\\x1b[m"
  );
}

function leavePrivates(modes: Modes): string {
  return [...modes.privates]
    .filter(([mode, to]) => to === "set" || setByDefault.has(mode))
    .map(([mode, to]) => `\x1b[?${mode}${to === "set" ? "l" : "h"}`)
    .join("");
}

function titled(title: string | undefined): string {
  return title === undefined ? "" : `\x1b]2;${title}\x1b\\`;
}

function enterKeyboard({ base, pushed }: Keyboard): string {
  return (base === 0 ? "" : `\x1b[=${base}u`) + pushed.map((flags) => `\x1b[>${flags}u`).join("");
}

function leaveKeyboard(board: Keyboard | undefined): string {
  if (board === undefined) return "";
  return (
    (board.pushed.length === 0 ? "" : `\x1b[<${board.pushed.length}u`) + (board.base === 0 ? "" : "\x1b[=0u")
  );
}

function ascii(which: string): string {
  return `${which}${"-./".includes(which) ? "A" : "B"}`;
}

function resetColour(which: string): string {
  return which.startsWith("4;") ? `\x1b]104;${which.slice(2)}\x1b\\` : `\x1b]${100 + Number(which)}\x1b\\`;
}

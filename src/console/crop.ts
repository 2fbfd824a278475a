/**
 * What a watcher sees: as much of the session's screen as fits, following the cursor, drawn on the alternate screen so
 * that the person's own screen and history stay as they are. Only rows that changed are drawn.
 */

import { asCell, innerOf } from "./inner.ts";
import type { Model } from "./model.ts";
import { createPen, type Pen } from "./pen.ts";
import type { Size } from "./terminal.ts";
import { enterKeys, leaveKeys } from "./whole.ts";

export interface Crop {
  /** What to send so that the terminal shows the model as it is now; empty where it does already. */
  frame(model: Model, size: Size): string;
}

export function createCrop(): Crop {
  let shown: string[] = [];
  let last: Size = { cols: 0, rows: 0 };
  let cursorWas = "";
  let keysWere = "";
  let keysOut = "";

  return { frame };

  function frame(model: Model, size: Size): string {
    const { terminal, modes } = model;
    const buffer = terminal.buffer.active;
    if (size.cols !== last.cols || size.rows !== last.rows) {
      shown = [];
      last = size;
    }
    const top = follow(buffer.cursorY, size.rows);
    const left = follow(Math.min(buffer.cursorX, terminal.cols - 1), size.cols);

    const { getLinkData } = innerOf(terminal)._oscLinkService;
    const pen = createPen((id) => getLinkData.call(innerOf(terminal)._oscLinkService, id));
    let text = "";
    if (shown.length === 0) {
      text = "\x1b[?7l\x1b[H\x1b[2J";
      shown = Array.from({ length: size.rows }, () => "");
    }
    for (let y = 0; y < size.rows; y++) {
      const row = rowText(model, buffer.baseY, top + y, left, size.cols, pen);
      if (row === shown[y]) continue;
      shown[y] = row;
      text += `\x1b[${y + 1};1H\x1b[K${row}`;
    }
    text += keys(model);
    const place = `\x1b[${buffer.cursorY - top + 1};${Math.min(buffer.cursorX - left, size.cols - 1) + 1}H`;
    const style = `${modes.privates.get(25) === "reset" ? "\x1b[?25l" : "\x1b[?25h"}\x1b[${modes.cursorShape} q`;
    if (text === "" && cursorWas === place + style) return "";
    cursorWas = place + style;
    return `\x1b[?2026h${text}${place}${style}\x1b[?2026l`;
  }

  /** The first key makes the watcher the owner: it has to be encoded as the program expects. */
  function keys({ modes }: Model): string {
    const now = enterKeys(modes);
    if (now === keysWere) return "";
    const change = keysOut + now;
    keysWere = now;
    keysOut = leaveKeys(modes);
    return change;
  }
}

/** The window begins at the top left, and moves no further than the cursor asks for. */
function follow(cursor: number, room: number): number {
  return Math.max(0, cursor - room + 1);
}

function rowText(
  { terminal }: Model,
  baseY: number,
  y: number,
  left: number,
  cols: number,
  pen: Pen,
): string {
  const line = y < terminal.rows ? terminal.buffer.active.getLine(baseY + y) : undefined;
  if (line === undefined) return "";
  const cell = asCell(terminal.buffer.active.getNullCell());
  const right = Math.min(left + cols, terminal.cols);
  let text = "";
  let blanks = "";
  for (let x = left; x < right; x++) {
    line.getCell(x, cell);
    const width = cell.getWidth();
    if (width === 0 && x > left) continue;
    const cut = width === 0 || x + width > right;
    const chars = cut ? " " : cell.getChars() || " ";
    if (chars === " " && cell.fg === 0 && cell.bg === 0) {
      blanks += " ";
      continue;
    }
    if (blanks !== "") text += pen.rest() + blanks;
    blanks = "";
    text += pen.change(cell) + chars;
  }
  return text + pen.rest();
}

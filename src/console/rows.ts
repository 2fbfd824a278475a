/** Rows of a terminal model as bytes that draw them on a blank screen, wrapped lines still wrapped. */

import type { IBuffer, IBufferLine, Terminal } from "@xterm/headless";
import { asCell, type Cell, cellsOfLine, content } from "./inner.ts";
import type { Pen } from "./pen.ts";

/** The bits of a cell that erasing sets: the background's colour. */
const erasedTo = 0x3ffffff;
/** Set in `bg` where a cell has underline styles or a link, which are kept elsewhere. */
const hasMore = 0x10000000;

/** Draws rows `from` up to before `to`, one below the other, the cursor starting at the left of the first. */
export function* drawRows(
  terminal: Terminal,
  buffer: IBuffer,
  from: number,
  to: number,
  pen: Pen,
): Generator<string> {
  const cell = asCell(buffer.getNullCell());
  for (let y = from; y < to; y++) {
    const line = buffer.getLine(y);
    if (line === undefined) return;
    const next = y + 1 < to ? buffer.getLine(y + 1) : undefined;
    const begins = y > from && line.isWrapped ? "wrapped" : "fresh";
    // On the alternate screen a line may still be as long as the screen once was wide.
    const row: Row = {
      line,
      begins,
      cols: terminal.cols,
      continued: next?.isWrapped === true ? next : undefined,
    };
    const text = drawRow(row, cell, pen);
    // At rest before a new line: a coloured pen would colour the whole line that scrolls in.
    yield next === undefined || next.isWrapped ? text : `${text}${pen.rest()}\r\n`;
  }
  yield pen.rest();
}

interface Row {
  readonly line: IBufferLine;
  readonly begins: "wrapped" | "fresh";
  readonly cols: number;
  /** The line below, where it goes on with this one. */
  readonly continued: IBufferLine | undefined;
}

function drawRow(row: Row, cell: Cell, pen: Pen): string {
  const { line, begins, cols, continued } = row;
  const { _data: data, _combined: combined } = cellsOfLine(line);
  const used = continued === undefined ? lastUsed(row) : filledUpTo(row, continued);
  const end = begins === "wrapped" ? Math.max(1, used) : used;
  // Where the cursor is carried over to a row that scrolls in, that row comes in the pen's background colour.
  const tinted = begins === "wrapped" && ((data[2] ?? 0) & erasedTo) !== 0;
  let text = "";
  let fgWas = -1;
  let bgWas = -1;
  for (let x = 0; x < end; ) {
    const what = data[3 * x] ?? 0;
    const fg = data[3 * x + 1] ?? 0;
    const bg = data[3 * x + 2] ?? 0;
    let change = "";
    if (fg !== fgWas || bg !== bgWas || (bg & hasMore) !== 0) {
      line.getCell(x, cell);
      change = pen.change(cell);
      fgWas = fg;
      bgWas = bg;
    }
    if ((what & content.any) !== 0) {
      const width = what >> content.widthShift;
      const chars =
        (what & content.combined) === 0 ? String.fromCodePoint(what & content.codepoint) : combined[x];
      text += change + (x + width > cols ? " " : chars);
      x += Math.max(1, width);
      continue;
    }
    const start = x;
    do x++;
    while (x < end && isBlankLike(data, x, fg, bg));
    const count = x - start;
    // A cursor that waits at the margin is only carried to the next row by a character.
    const toMargin = continued !== undefined && x === end;
    const erasable = fg === 0 && (bg & erasedTo) === bg;
    if (toMargin || !erasable || (start === 0 && begins === "wrapped")) text += change + " ".repeat(count);
    else if (change === "" && plain(fg, bg) && !tinted) text += forward(count);
    else text += `${change}\x1b[${count}X${x === cols ? "" : forward(count)}`;
  }
  return tinted && end < cols ? `${text}${pen.rest()}\x1b[K` : text;
}

function isBlankLike(data: Uint32Array, x: number, fg: number, bg: number): boolean {
  const what = data[3 * x] ?? 0;
  return isBlank(what) && data[3 * x + 1] === fg && data[3 * x + 2] === bg;
}

/** Nothing was written there; the second half of a wide character is no blank. */
function isBlank(what: number): boolean {
  return (what & content.any) === 0 && what >> content.widthShift !== 0;
}

function plain(fg: number, bg: number): boolean {
  return fg === 0 && bg === 0;
}

function forward(count: number): string {
  return count === 1 ? "\x1b[C" : `\x1b[${count}C`;
}

/** One past the last cell that shows anything. */
function lastUsed({ line, cols }: Row): number {
  const { _data: data } = cellsOfLine(line);
  for (let x = Math.min(line.length, cols) - 1; x >= 0; x--) {
    if (!isBlank(data[3 * x] ?? 0) || !plain(data[3 * x + 1] ?? 0, data[3 * x + 2] ?? 0)) return x + 1;
  }
  return 0;
}

/** A row that goes on below is full, but for the last column where a wide character found no room. */
function filledUpTo({ line, cols }: Row, continued: IBufferLine): number {
  const { _data: data } = cellsOfLine(line);
  const { _data: next } = cellsOfLine(continued);
  const margin = 3 * (cols - 1);
  const wide = (next[0] ?? 0) >> content.widthShift === 2;
  const leftAsItIs =
    isBlank(data[margin] ?? 0) && wide && data[margin + 1] === next[1] && data[margin + 2] === next[2];
  return leftAsItIs ? cols - 1 : cols;
}

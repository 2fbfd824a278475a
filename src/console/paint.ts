/**
 * From a model to the bytes that make a terminal of the same size look and behave like it, the lines that have
 * scrolled away included. The terminal is expected whole: no mode set, the cursor where the painting is to begin.
 */

import type { IBuffer } from "@xterm/headless";
import { asCell, type InnerBuffer, innerOf } from "./inner.ts";
import type { Model } from "./model.ts";
import { createPen, type Pen, underlineToCome } from "./pen.ts";
import { drawRows } from "./rows.ts";
import { enterModes, enterNormal } from "./whole.ts";

/** `from`: the first row of the normal screen's buffer to paint; rows above it have been painted before. */
export function* paint(model: Model, from = 0): Generator<string> {
  const { terminal, modes } = model;
  const { normal, alternate, active } = terminal.buffer;
  const inner = innerOf(terminal);
  const { _normal: innerNormal, _alt: innerAlternate } = inner._bufferService.buffers;
  const pen = createPen((id) => inner._oscLinkService.getLinkData(id));

  yield enterNormal(modes);
  yield* drawRows(terminal, normal, from, lastRow(normal, terminal.rows, from), pen);
  if (active.type === "alternate") {
    yield region(innerNormal, terminal.rows);
    if (modes.alternate === 1049) {
      yield savedCursor(normal, innerNormal, pen, "goes along");
      yield "\x1b[?1049h";
    } else {
      yield savedCursor(normal, innerNormal, pen, "save");
      yield `\x1b[?${modes.alternate || 1047}h`;
    }
    yield `${pen.rest()}\x1b[H\x1b[2J`;
    yield* drawRows(terminal, alternate, 0, terminal.rows, pen);
    yield savedCursor(alternate, innerAlternate, pen, "save");
    yield region(innerNormal, terminal.rows) === "" ? "" : "\x1b[r"; // some terminals have one region for both
  } else {
    yield savedCursor(normal, innerNormal, pen, "save");
  }
  yield tabStops(active.type === "alternate" ? innerAlternate : innerNormal, terminal.cols);
  yield cursor(model, active, active.type === "alternate" ? innerAlternate : innerNormal, pen);
  yield pen.change(inner._inputHandler._curAttrData);
  yield underlineToCome(inner._inputHandler._curAttrData);
  yield [...modes.charsets].map(([which, final]) => `\x1b${which}${final}`).join("");
  yield inner._charsetService.glevel === 1 ? "\x0e" : "";
  yield enterModes(modes);
}

/** One past the last row to draw: all of the screen once anything has scrolled away, so that it sits where it did. */
function lastRow(buffer: IBuffer, rows: number, from: number): number {
  if (buffer.baseY > from) return buffer.baseY + rows;
  for (let y = buffer.baseY + rows - 1; y > buffer.baseY + buffer.cursorY; y--) {
    const line = buffer.getLine(y);
    if (line === undefined) continue;
    // One that goes on from the row above is part of a line, which takes another size as a whole.
    const blank = line.translateToString(true) === "" && !line.isWrapped && !coloured(buffer, y);
    if (!blank) return y + 1;
  }
  return buffer.baseY + buffer.cursorY + 1;
}

function coloured(buffer: IBuffer, y: number): boolean {
  const line = buffer.getLine(y);
  const cell = asCell(buffer.getNullCell());
  for (let x = 0; x < (line?.length ?? 0); x++) {
    line?.getCell(x, cell);
    if (cell.fg !== 0 || cell.bg !== 0) return true;
  }
  return false;
}

/** Entering by mode 1049 saves the cursor as it stands: there it is enough to put it, and the pen, in place. */
function savedCursor(buffer: IBuffer, inner: InnerBuffer, pen: Pen, how: "save" | "goes along"): string {
  const y = Math.max(0, inner.savedY - buffer.baseY);
  const graphics = inner.savedCharset === undefined ? "" : "\x1b(0";
  const place = `\x1b[${y + 1};${inner.savedX + 1}H${pen.change(inner.savedCurAttrData)}${graphics}`;
  return `${place}${how === "save" ? "\x1b7" : ""}${graphics === "" ? "" : "\x1b(B"}${how === "save" ? pen.rest() : ""}`;
}

function tabStops(inner: InnerBuffer, cols: number): string {
  const stops = Object.keys(inner.tabs)
    .map(Number)
    .filter((x) => x < cols && inner.tabs[x] === true)
    .toSorted((a, b) => a - b);
  const usual = Array.from({ length: Math.ceil(cols / 8) }, (_, i) => i * 8);
  if (stops.length === usual.length && stops.every((x, i) => x === usual[i])) return "";
  return `\x1b[3g${stops.map((x) => `\x1b[${x + 1}G\x1bH`).join("")}`;
}

function cursor({ terminal, modes }: Model, buffer: IBuffer, inner: InnerBuffer, pen: Pen): string {
  const { cols } = terminal;
  const origin = modes.privates.get(6) === "set";
  const y = buffer.cursorY - (origin ? inner.scrollTop : 0) + 1;
  const before = `${region(inner, terminal.rows)}${origin ? "\x1b[?6h" : ""}`;
  if (buffer.cursorX < cols) return `${before}\x1b[${y};${buffer.cursorX + 1}H`;
  // It waits at the margin: only writing the last character once more brings it there.
  const line = buffer.getLine(buffer.baseY + buffer.cursorY);
  const cell = asCell(buffer.getNullCell());
  let x = cols - 1;
  line?.getCell(x, cell);
  if (cell.getWidth() === 0) line?.getCell(--x, cell);
  return `${before}\x1b[${y};${x + 1}H${pen.change(cell)}${cell.getChars() || " "}`;
}

function region({ scrollTop, scrollBottom }: InnerBuffer, rows: number): string {
  return scrollTop === 0 && scrollBottom === rows - 1 ? "" : `\x1b[${scrollTop + 1};${scrollBottom + 1}r`;
}

/** Everything of a headless terminal that has to be the same on another: cells, cursors, modes, pen. */

import { type Attributes, asCell, innerOf, underlineOf } from "../../../src/console/inner.ts";
import type { Headless } from "./person.ts";

interface Core {
  readonly coreService: {
    readonly decPrivateModes: object;
    readonly modes: object;
    readonly isCursorHidden: boolean;
  };
  readonly coreMouseService: { readonly activeProtocol: string; readonly activeEncoding: string };
  readonly _charsetService: { readonly charset: object | undefined; readonly glevel: number };
}

/** What outlives what is on the screen. */
export function stateOf(terminal: Headless): object {
  const core = (terminal as unknown as { _core: Core })._core;
  const { _normal, _alt } = innerOf(terminal)._bufferService.buffers;
  return {
    screen: terminal.buffer.active.type,
    privates: { ...core.coreService.decPrivateModes },
    ansi: { ...core.coreService.modes },
    cursorHidden: core.coreService.isCursorHidden,
    mouse: [core.coreMouseService.activeProtocol, core.coreMouseService.activeEncoding],
    graphics: core._charsetService.charset !== undefined,
    glevel: core._charsetService.glevel,
    region: [_normal.scrollTop, _normal.scrollBottom],
    alternateRegion: terminal.buffer.active.type === "alternate" ? [_alt.scrollTop, _alt.scrollBottom] : [],
    pen: attributesOf(innerOf(terminal)._inputHandler._curAttrData, terminal),
  };
}

export function cursorOf(terminal: Headless): readonly number[] {
  const { cursorX, cursorY } = terminal.buffer.active;
  return [cursorX, cursorY];
}

/** Rows of a buffer, each a list of cells as text; blanks at the end are cut. */
export function cellsOf(terminal: Headless, which: "normal" | "alternate", from = 0): readonly string[] {
  const buffer = terminal.buffer[which];
  const rows: string[] = [];
  const cell = asCell(buffer.getNullCell());
  for (let y = from; y < buffer.length; y++) {
    const line = buffer.getLine(y);
    const cells: string[] = [line?.isWrapped === true && y > from ? "↪" : ""];
    for (let x = 0; x < terminal.cols; x++) {
      line?.getCell(x, cell);
      const chars = cell.getWidth() === 0 ? "‖" : cell.getChars() || " ";
      cells.push(chars + attributesOf(cell, terminal));
    }
    while (cells.length > 1 && cells.at(-1) === " ") cells.pop();
    rows.push(cells.join("|"));
  }
  return rows;
}

/** Flags of `fg`: inverse, bold, underline, blink, invisible, struck out; of `bg`: italic, dim, overline. */
const foregroundFlags = 0xfc000000;
const backgroundFlags = 0x4c000000;

function attributesOf(of: Attributes, terminal: Headless): string {
  const parts: string[] = [];
  const flags = [of.fg & foregroundFlags, of.bg & backgroundFlags].map((bits) => (bits >>> 0).toString(16));
  if (flags.some((bits) => bits !== "0")) parts.push(flags.join("/"));
  if (of.isFgRGB() || of.isFgPalette()) parts.push(`f${of.isFgRGB() ? "#" : ""}${of.getFgColor()}`);
  if (of.isBgRGB() || of.isBgPalette()) parts.push(`b${of.isBgRGB() ? "#" : ""}${of.getBgColor()}`);
  if (of.hasExtendedAttrs() !== 0) {
    const colour = of.isUnderlineColorRGB() || of.isUnderlineColorPalette() ? of.getUnderlineColor() : "";
    if (underlineOf(of) > 0) parts.push(`u${underlineOf(of)}:${colour}`);
    const link = innerOf(terminal)._oscLinkService.getLinkData(of.extended.urlId);
    if (link !== undefined) parts.push(`→${link.uri}`);
  }
  return parts.join(",");
}

/**
 * What the terminal model knows and its public interface does not tell: pen, saved cursors, scroll regions, tab
 * stops, links, underlines. The one place that reaches into @xterm/headless; test/unit/console/inner.test.ts says so
 * when a new version has moved something.
 */

import type { IBufferCell, IBufferLine, Terminal } from "@xterm/headless";

/** Underline and link, which are kept beside the rest. */
export interface Extended {
  readonly _ext: number;
  urlId: number;
  clone(): Extended;
}

/** Attributes of a cell or of the pen. `fg` and `bg` hold colour and flags and can be compared as they are. */
export interface Attributes {
  readonly fg: number;
  readonly bg: number;
  extended: Extended;
  isBold(): number;
  isDim(): number;
  isItalic(): number;
  isBlink(): number;
  isInverse(): number;
  isInvisible(): number;
  isStrikethrough(): number;
  isOverline(): number;
  isFgRGB(): boolean;
  isFgPalette(): boolean;
  getFgColor(): number;
  isBgRGB(): boolean;
  isBgPalette(): boolean;
  getBgColor(): number;
  getUnderlineStyle(): number;
  isUnderlineColorRGB(): boolean;
  isUnderlineColorPalette(): boolean;
  getUnderlineColor(): number;
  hasExtendedAttrs(): number;
}

export type Cell = IBufferCell & Attributes;

export interface InnerBuffer {
  readonly savedX: number;
  /** From the top of the buffer, history included. */
  readonly savedY: number;
  readonly savedCurAttrData: Attributes;
  readonly savedCharset: object | undefined;
  readonly scrollTop: number;
  readonly scrollBottom: number;
  readonly tabs: Readonly<Record<number, boolean>>;
}

/** 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed. The model itself calls every underlined link dashed. */
export function underlineOf(of: Attributes): number {
  const style = of.getUnderlineStyle();
  return style === 0 || of.extended.urlId === 0 ? style : (of.extended._ext >> 26) & 7;
}

interface Inner {
  readonly _inputHandler: {
    readonly _curAttrData: Attributes;
    /** ED, or DECSED where what is protected stays. */
    eraseInDisplay(parameters: { readonly params: readonly number[] }, respectProtect?: boolean): boolean;
  };
  readonly _charsetService: { readonly glevel: number };
  readonly _bufferService: {
    readonly buffers: {
      readonly _normal: InnerBuffer;
      readonly _alt: InnerBuffer;
      readonly active: InnerBuffer;
    };
  };
  readonly _oscLinkService: { getLinkData(id: number): { id?: string; uri: string } | undefined };
}

export function innerOf(terminal: Terminal): Inner {
  return (terminal as unknown as { _core: Inner })._core;
}

/** A cell is made of the same class as the pen; its public type tells of half of it. */
export function asCell(cell: IBufferCell): Cell {
  return cell as Cell;
}

/**
 * A line's cells as they are kept, three numbers each: content, `fg`, `bg`. Reading them cell by cell through the
 * public interface takes five times as long, which a long history makes a person feel.
 */
export interface InnerLine {
  readonly _data: Uint32Array;
  /** Characters of cells that hold more than one. */
  readonly _combined: Readonly<Record<number, string>>;
}

export function cellsOfLine(line: IBufferLine): InnerLine {
  return (line as unknown as { _line: InnerLine })._line;
}

export const content = { codepoint: 0x1fffff, combined: 0x200000, any: 0x3fffff, widthShift: 22 } as const;

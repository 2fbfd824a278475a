/** A terminal's screen, modelled by @xterm/headless: what a person would see after the bytes fed to it. */

import xterm, { type IBufferCell, type IModes, type Terminal as Model } from "@xterm/headless";
import { mendModel } from "../../src/console/mend-model.ts";

export interface Cell {
  /** The characters in the cell; empty behind a wide one, a space where nothing was written. */
  readonly text: string;
  readonly width: number;
  /** `default`, `palette 4` or `#rrggbb`. */
  readonly foreground: string;
  readonly background: string;
  /** `bold`, `underline`…, sorted and joined by spaces. */
  readonly attributes: string;
}

export interface Cursor {
  readonly column: number;
  readonly row: number;
  readonly visible: boolean;
  /** The number of DECSCUSR (`CSI 5 SP q`), 0 where it was not asked for. */
  readonly shape: number;
}

export interface Modes extends IModes {
  readonly alternateScreen: boolean;
}

export interface Screen {
  feed(bytes: Uint8Array | string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** What is in view, a string a row, without trailing blanks. */
  rows(): string[];
  /** What has scrolled out above, oldest first. */
  scrolled(): string[];
  cells(): Cell[][];
  cursor(): Cursor;
  modes(): Modes;
  title(): string;
  /** Called with what the terminal answers to queries. */
  onAnswer(listener: (bytes: string) => void): void;
}

export function openScreen(cols: number, rows: number): Screen {
  const model = new xterm.Terminal({ cols, rows, scrollback: 100_000, allowProposedApi: true });
  mendModel(model);
  const seen = { visible: true, shape: 0, title: "" };
  model.onTitleChange((title) => {
    seen.title = title;
  });
  watchCursor(model, seen);
  return {
    feed: (bytes) => new Promise((done) => model.write(bytes, done)),
    resize: (columns, height) => model.resize(columns, height),
    rows: () => lines(model, model.buffer.active.baseY, model.rows),
    scrolled: () => lines(model, 0, model.buffer.active.baseY),
    cells: () => cells(model),
    cursor: () => ({
      column: model.buffer.active.cursorX,
      row: model.buffer.active.cursorY,
      visible: seen.visible,
      shape: seen.shape,
    }),
    modes: () => ({ ...modesOf(model.modes), alternateScreen: model.buffer.active.type === "alternate" }),
    title: () => seen.title,
    onAnswer: (listener) => {
      model.onData(listener);
      model.onBinary(listener);
    },
  };
}

/** The model keeps these to itself; each handler looks on and lets the model do as it does. */
function watchCursor(model: Model, seen: { visible: boolean; shape: number }): void {
  const visibility = (visible: boolean) => (params: (number | number[])[]) => {
    if (params.includes(25)) seen.visible = visible;
    return false;
  };
  model.parser.registerCsiHandler({ prefix: "?", final: "h" }, visibility(true));
  model.parser.registerCsiHandler({ prefix: "?", final: "l" }, visibility(false));
  model.parser.registerCsiHandler({ intermediates: " ", final: "q" }, ([shape]) => {
    seen.shape = Number(shape ?? 0);
    return false;
  });
  const reset = () => {
    seen.visible = true;
    seen.shape = 0;
    return false;
  };
  model.parser.registerEscHandler({ final: "c" }, reset);
  model.parser.registerCsiHandler({ intermediates: "!", final: "p" }, reset);
}

function lines(model: Model, from: number, count: number): string[] {
  return Array.from(
    { length: count },
    (_, row) => model.buffer.active.getLine(from + row)?.translateToString(true) ?? "",
  );
}

function cells(model: Model): Cell[][] {
  const buffer = model.buffer.active;
  return Array.from({ length: model.rows }, (_, row) => {
    const line = buffer.getLine(buffer.baseY + row);
    return Array.from({ length: model.cols }, (_, column) => cellOf(line?.getCell(column)));
  });
}

function cellOf(cell: IBufferCell | undefined): Cell {
  if (!cell) return { text: " ", width: 1, foreground: "default", background: "default", attributes: "" };
  return {
    text: cell.getChars() || (cell.getWidth() === 0 ? "" : " "),
    width: cell.getWidth(),
    foreground: colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    background: colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    attributes: attributesOf(cell),
  };
}

function colour(byDefault: boolean, rgb: boolean, value: number): string {
  if (byDefault) return "default";
  return rgb ? `#${value.toString(16).padStart(6, "0")}` : `palette ${value}`;
}

function attributesOf(cell: IBufferCell): string {
  const all: Readonly<Record<string, number>> = {
    blink: cell.isBlink(),
    bold: cell.isBold(),
    dim: cell.isDim(),
    inverse: cell.isInverse(),
    invisible: cell.isInvisible(),
    italic: cell.isItalic(),
    overline: cell.isOverline(),
    strikethrough: cell.isStrikethrough(),
    underline: cell.isUnderline(),
  };
  return Object.keys(all)
    .filter((name) => all[name])
    .join(" ");
}

/** The model's modes are getters of its own object: a plain copy can be compared. */
function modesOf(modes: IModes): IModes {
  return {
    applicationCursorKeysMode: modes.applicationCursorKeysMode,
    applicationKeypadMode: modes.applicationKeypadMode,
    bracketedPasteMode: modes.bracketedPasteMode,
    insertMode: modes.insertMode,
    mouseTrackingMode: modes.mouseTrackingMode,
    originMode: modes.originMode,
    reverseWraparoundMode: modes.reverseWraparoundMode,
    sendFocusMode: modes.sendFocusMode,
    synchronizedOutputMode: modes.synchronizedOutputMode,
    wraparoundMode: modes.wraparoundMode,
  };
}

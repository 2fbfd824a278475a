/** Attributes as the control sequences that bring them about. */

import { type Attributes, underlineOf } from "./inner.ts";

export type LinkLookup = (id: number) => { readonly id?: string; readonly uri: string } | undefined;

export interface Pen {
  /** What to send so that the next character has these attributes. */
  change(to: Attributes): string;
  /** What to send so that nothing is in force, links included. */
  rest(): string;
  /** Forgets what is in force; the next change says all. */
  forget(): void;
}

export function createPen(link: LinkLookup): Pen {
  let fg = 0;
  let bg = 0;
  let ext = 0;
  let url = 0;
  return {
    change(to) {
      const more = to.hasExtendedAttrs() !== 0;
      const extended = more ? to.extended._ext : 0;
      const toUrl = more ? to.extended.urlId : 0;
      if (to.fg === fg && to.bg === bg && extended === ext && toUrl === url) return "";
      const linked = toUrl === url ? "" : linkTo(link(toUrl));
      fg = to.fg;
      bg = to.bg;
      ext = extended;
      url = toUrl;
      return sgr(to) + linked;
    },
    rest() {
      const text = (fg === 0 && bg === 0 && ext === 0 ? "" : "\x1b[m") + (url === 0 ? "" : "\x1b]8;;\x1b\\");
      fg = bg = ext = url = 0;
      return text;
    },
    forget() {
      fg = bg = ext = -1;
    },
  };
}

function sgr(to: Attributes): string {
  const codes: string[] = [""];
  if (to.isBold() !== 0) codes.push("1");
  if (to.isDim() !== 0) codes.push("2");
  if (to.isItalic() !== 0) codes.push("3");
  const underline = underlineOf(to);
  if (underline === 1) codes.push("4");
  else if (underline > 1) codes.push(`4:${underline}`);
  if (to.isBlink() !== 0) codes.push("5");
  if (to.isInverse() !== 0) codes.push("7");
  if (to.isInvisible() !== 0) codes.push("8");
  if (to.isStrikethrough() !== 0) codes.push("9");
  if (to.isOverline() !== 0) codes.push("53");
  if (to.isFgRGB()) codes.push(`38;2;${rgb(to.getFgColor(), ";")}`);
  else if (to.isFgPalette()) codes.push(palette(to.getFgColor(), 30));
  if (to.isBgRGB()) codes.push(`48;2;${rgb(to.getBgColor(), ";")}`);
  else if (to.isBgPalette()) codes.push(palette(to.getBgColor(), 40));
  if (underline > 0 && to.isUnderlineColorRGB()) codes.push(`58:2::${rgb(to.getUnderlineColor(), ":")}`);
  else if (underline > 0 && to.isUnderlineColorPalette()) codes.push(`58:5:${to.getUnderlineColor()}`);
  return `\x1b[${codes.join(";")}m`;
}

/** A colour that was chosen for underlines while the pen draws none. */
export function underlineToCome(pen: Attributes): string {
  const { _ext: packed } = pen.extended;
  const kind = packed & 0x3000000;
  if (pen.hasExtendedAttrs() !== 0 || kind === 0) return "";
  const colour = packed & 0xffffff;
  return kind === 0x3000000 ? `\x1b[58:2::${rgb(colour, ":")}m` : `\x1b[58:5:${colour & 255}m`;
}

function rgb(colour: number, separator: string): string {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255].join(separator);
}

function palette(colour: number, base: 30 | 40): string {
  if (colour < 8) return String(base + colour);
  return colour < 16 ? String(base + 60 + colour - 8) : `${base + 8};5;${colour}`;
}

function linkTo(target: { readonly id?: string; readonly uri: string } | undefined): string {
  if (target === undefined) return "\x1b]8;;\x1b\\";
  return `\x1b]8;${target.id === undefined ? "" : `id=${target.id}`};${target.uri}\x1b\\`;
}

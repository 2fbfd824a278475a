/**
 * How many columns a character takes, as programs inside (glibc) and today's terminals see it: the model's own table
 * knows no emoji and would put everything after one a column too far left.
 */

import type { IUnicodeVersionProvider } from "@xterm/headless";

/** East Asian wide and fullwidth, emoji presentation included (Unicode 15.1): pairs of first and last. */
const wide = `
1100-115f 231a-231b 2329-232a 23e9-23ec 23f0-23f0 23f3-23f3 25fd-25fe 2614-2615 2648-2653 267f-267f 2693-2693
26a1-26a1 26aa-26ab 26bd-26be 26c4-26c5 26ce-26ce 26d4-26d4 26ea-26ea 26f2-26f3 26f5-26f5 26fa-26fa 26fd-26fd
2705-2705 270a-270b 2728-2728 274c-274c 274e-274e 2753-2755 2757-2757 2795-2797 27b0-27b0 27bf-27bf 2b1b-2b1c
2b50-2b50 2b55-2b55 2e80-303e 3041-4dbf 4e00-a4cf a960-a97c ac00-d7a3 f900-faff fe10-fe19 fe30-fe6b ff01-ff60
ffe0-ffe6 16fe0-16fe4 16ff0-16ff1 17000-18cd5 18d00-18d08 1aff0-1b2fb 1f004-1f004 1f0cf-1f0cf 1f18e-1f18e
1f191-1f19a 1f200-1f320 1f32d-1f335 1f337-1f37c 1f37e-1f393 1f3a0-1f3ca 1f3cf-1f3d3 1f3e0-1f3f0 1f3f4-1f3f4
1f3f8-1f43e 1f440-1f440 1f442-1f4fc 1f4ff-1f53d 1f54b-1f54e 1f550-1f567 1f57a-1f57a 1f595-1f596 1f5a4-1f5a4
1f5fb-1f64f 1f680-1f6c5 1f6cc-1f6cc 1f6d0-1f6d2 1f6d5-1f6d7 1f6dc-1f6df 1f6eb-1f6ec 1f6f4-1f6fc 1f7e0-1f7eb
1f7f0-1f7f0 1f90c-1f93a 1f93c-1f945 1f947-1f9ff 1fa70-1faff 20000-2fffd 30000-3fffd`
  .trim()
  .split(/\s+/)
  .map((range) => range.split("-").map((hex) => Number.parseInt(hex, 16)))
  .map(([first = 0, last = 0]) => ({ first, last }));

type Width = 0 | 1 | 2;
const unknown = 3;
const known = new Uint8Array(0x20000).fill(unknown);

function widthOf(codepoint: number): Width {
  const remembered = known[codepoint] ?? unknown;
  if (remembered !== unknown) return remembered as Width;
  const width = lookUp(codepoint);
  if (codepoint < known.length) known[codepoint] = width;
  return width;
}

function lookUp(codepoint: number): Width {
  if (codepoint < 32 || (codepoint >= 0x7f && codepoint < 0xa0)) return 0;
  if (codepoint === 0xad) return 1; // the soft hyphen is drawn
  if ((codepoint >= 0x1160 && codepoint <= 0x11ff) || (codepoint >= 0xd7b0 && codepoint <= 0xd7fb)) return 0;
  if (wide.some(({ first, last }) => codepoint >= first && codepoint <= last)) return 2;
  if (codepoint >= 0x300 && /[\p{Mn}\p{Me}\p{Cf}]/u.test(String.fromCodePoint(codepoint))) return 0;
  return 1;
}

/** In the model's encoding: the width in bits 1 and 2, whether it joins the character before it in bit 0. */
export const unicodeProvider: IUnicodeVersionProvider = {
  version: "pet",
  wcwidth: widthOf,
  charProperties(codepoint, preceding) {
    const width = widthOf(codepoint);
    if (width !== 0 || preceding === 0) return width << 1;
    const before = (preceding >> 1) & 3;
    return before === 0 ? 0 : (before << 1) | 1;
  },
};

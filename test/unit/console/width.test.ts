import { expect, it } from "vitest";
import { unicodeProvider } from "../../../src/console/width.ts";

it.each([
  ["a", 1],
  ["é", 1],
  ["漢", 2],
  ["한", 2],
  ["Ａ", 2],
  ["😀", 2],
  ["🫠", 2],
  ["⌚", 2],
  ["⏰", 2],
  ["─", 1],
  ["€", 1],
  ["✔", 1],
  ["\u0301", 0],
  ["\u200b", 0],
  ["\u200d", 0],
  ["\ufe0f", 0],
  ["\u{e0100}", 0],
  ["\u1160", 0],
  ["\u00ad", 1],
  ["\u{20000}", 2],
  ["\x1b", 0],
])("%j takes as many columns as programs and terminals think: %d", (char, width) => {
  expect(unicodeProvider.wcwidth(char.codePointAt(0) ?? 0)).toBe(width);
});

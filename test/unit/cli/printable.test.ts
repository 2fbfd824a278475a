import { expect, test } from "vitest";
import { printable, printableAnswer } from "../../../src/cli/printable.ts";

const hostile = "a\x1b]0;t\x07\x9b2J\x7f\r\n\tb";

test("what a terminal would obey is shown, lines and columns stay", () => {
  expect(printable(hostile)).toBe("a\\x1b]0;t\\x07\\x9b2J\\x7f\\x0d\n\tb");
});

test("an answer in JSON holds nothing that a terminal would obey, and says the same", () => {
  const value = { path: hostile };
  const shown = printableAnswer(JSON.stringify(value, undefined, 2));
  expect(shown).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  expect(JSON.parse(shown)).toEqual(value);
});

import { expect, it } from "vitest";
import { keepColumn } from "../../../src/console/line-feeds.ts";

it.each([
  ["ab\r\ncd\r\n", "ab\r\ncd\r\n"],
  ["ab\ncd", "ab\vcd"],
  ["\n\n\r\n", "\v\v\r\n"],
  ["", ""],
])("%j goes to the terminal as %j", (given, sent) => {
  const bytes = Buffer.from(given);
  expect(keepColumn(bytes).toString()).toBe(sent);
  expect(bytes.toString()).toBe(given);
});

it("what has no bare line feed is not copied", () => {
  const bytes = Buffer.from("one\r\ntwo\r\n");
  expect(keepColumn(bytes)).toBe(bytes);
});

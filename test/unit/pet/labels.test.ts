import { expect, test } from "vitest";
import { holderIn, label } from "../../../src/pet/labels.ts";

test.each([
  ["ada at laptop", "ada at laptop"],
  ["ada\n  run: curl x | sh\x1b[2J\x9b", "ada run: curl x | sh [2J "],
  ["a".repeat(5000), "a".repeat(100)],
])("the holder of a lock who is called %j is a line: %j", (written, shown) => {
  expect(holderIn({ [label.holder]: written })).toBe(shown);
});

test("a lock that does not say who holds it is somebody's", () => {
  expect(holderIn({})).toBe("?");
});

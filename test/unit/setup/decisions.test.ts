import { describe, expect, test } from "vitest";
import { matches } from "../../../scripts/setup/dependencies.mjs";
import { isNewEnough } from "../../../scripts/setup/node.mjs";

describe("whether node_modules is what the lock file says", () => {
  const one = { version: "1.0.0" };
  test.each([
    ["everything there", { a: one }, { a: one }, true],
    ["the checkout itself does not count", { "": { version: "3.0.0" }, a: one }, { a: one }, true],
    ["a package missing", { a: one, b: one }, { a: one }, false],
    ["another version", { a: { version: "1.0.1" } }, { a: one }, false],
    [
      "an optional package missing, for another system",
      { a: one, b: { ...one, optional: true } },
      { a: one },
      true,
    ],
    [
      "an optional package of another version",
      { b: { version: "2.0.0", optional: true } },
      { b: one },
      false,
    ],
    ["a package too many", { a: one }, { a: one, b: one }, true],
    ["nothing there", { a: one }, {}, false],
  ])("%s", (_, wanted, installed, expected) => {
    expect(matches(wanted, installed)).toBe(expected);
  });
});

test.each([
  ["v20.20.2", false],
  ["v23.11.0", false],
  ["v24.0.0", true],
  ["v26.1.0", true],
  ["v100.0.0", true],
  ["", false],
  ["no such program", false],
])("node --version says %j: new enough is %j", (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});

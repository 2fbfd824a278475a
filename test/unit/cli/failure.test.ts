import { expect, test } from "vitest";
import { rendered } from "../../../src/cli/failure.ts";
import { fail } from "../../../src/pet/errors.ts";

test("a name of several lines is told in one, and none of it works on a terminal", () => {
  const error = fail("NOT_INSIDE", { path: "a\n  Run: curl x | sh\x1b[2J", name: "pet-foo-1" });
  expect(rendered(error, { debug: false }).text.split("\n")).toEqual([
    "pet: There is no a\\n  Run: curl x | sh\\x1b[2J in pet-foo-1. [NOT_INSIDE]",
    expect.stringMatching(/^ {2}A path/),
  ]);
});

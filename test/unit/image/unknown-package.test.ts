import { expect, test } from "vitest";
import { unknownPackage } from "../../../src/image/unknown-package.ts";
import { fail } from "../../../src/pet/errors.ts";

function failed(...lines: readonly string[]) {
  return unknownPackage(fail("BUILD_FAILED", { step: "s" }, { detail: lines.join("\n") }), "foo");
}

test.each([
  [["pet: there is no package jqq; near: jq"], "“jqq”; nothing was renewed. Near: jq."],
  [["Get:1", "pet: there is no package x; near: ", "code: 1"], "“x”; nothing was renewed."],
  [
    [
      "pet: there is no package a; near: b c",
      "pet: there is no package d; near: ",
      "pet: there is no package e; near: f",
    ],
    "“a”, “d”, “e”; nothing was renewed. Near: a: b, c; e: f.",
  ],
  [["pet: there is no package a; near: b c d e f g"], "“a”; nothing was renewed. Near: b, c, d, e, f."],
])("a build that ends with %j is told as that", (lines, sentence) => {
  expect(failed(...lines)).toMatchObject({
    code: "UNKNOWN_PACKAGE",
    message: `There is no Debian package called ${sentence}`,
    hint: expect.stringContaining("foo -- apt search"),
  });
});

test("what failed over something else is not", () => {
  expect(
    failed("E: Unable to fetch some archives", "it said pet: there is no package x; near: "),
  ).toBeUndefined();
  expect(unknownPackage(new Error("pet: there is no package x; near: y"), "foo")).toBeUndefined();
});

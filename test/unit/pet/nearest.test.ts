import { expect, test } from "vitest";
import { nearest, slipOf, slips } from "../../../src/pet/nearest.ts";

test.each([
  ["", "", 0],
  ["foo", "foo", 0],
  ["foo", "fo", 1],
  ["foo", "ofo", 1],
  ["status", "stauts", 1],
  ["start", "stop", 3],
])("%s and %s are %i slips apart", (a, b, count) => {
  expect(slips(a, b)).toBe(count);
  expect(slips(b, a)).toBe(count);
});

test.each([
  ["stauts", ["start", "status"], "status"],
  ["xyz", ["start", "status"], undefined],
  ["al", ["all", "attach"], "all"],
])("of %s, among %j, %s is meant", (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

test.each([
  ["webb", ["web"], "web"],
  ["wbe", ["web"], "web"],
  ["web", ["web"], undefined],
  ["web2", ["web1"], undefined],
  ["ab", ["ac"], undefined],
])("a new pet %s beside %j is a slip of %s", (name, existing, meant) => {
  expect(slipOf(name, existing)).toBe(meant);
});

import { describe, expect, test } from "vitest";
import { changed, type PackageWords, sameNames } from "../../../src/pet/package-list.ts";

describe("a list of packages", () => {
  test.each<[string[], PackageWords["do"], string[], string[], string[]]>([
    [[], "add", ["b", "a"], ["b", "a"], []],
    [["z"], "add", ["a", "a"], ["z", "a"], []],
    [["z"], "add", ["z", "a"], ["z", "a"], ["z is among the packages already"]],
    [["z", "a"], "drop", ["z"], ["a"], []],
    [["a"], "drop", ["a", "a"], [], []],
    [[], "drop", ["a"], [], ["a was not added, so there is nothing to drop; added: none"]],
    [
      ["jq", "tree"],
      "drop",
      ["tre"],
      ["jq", "tree"],
      ["tre was not added, so there is nothing to drop; did you mean tree?"],
    ],
    [
      ["jq", "tree"],
      "drop",
      ["vim"],
      ["jq", "tree"],
      ["vim was not added, so there is nothing to drop; added: jq tree"],
    ],
  ])("%j, %s %j: %j", (before, verb, names, packages, already) => {
    expect(changed(before, { do: verb, names })).toEqual({ packages, already });
  });

  test.each([
    [["a", "b"], ["b", "a"], true],
    [["a"], ["a", "a"], true],
    [["a"], ["a", "b"], false],
    [["a", "b"], ["a"], false],
    [[], [], true],
  ])("%j and %j name the same: %s", (one, other, same) => {
    expect(sameNames(one, other)).toBe(same);
  });
});

import { describe, expect, test } from "vitest";
import { type Layers, layersFor, layersIn, layersText } from "../../../src/image/layers.ts";

const many = Array.from({ length: 16 }, (_, at) => [`p${at}`]);

describe("packages go into layers", () => {
  test.each<[string, string[], Layers[], Layers]>([
    ["none without packages", [], [], []],
    ["one where nothing is there", ["a", "b"], [], [["a", "b"]]],
    ["the new on top", ["a", "b", "c"], [[["a", "b"]]], [["a", "b"], ["c"]]],
    ["on top of several", ["a", "b", "c"], [[["a"], ["b"]]], [["a"], ["b"], ["c"]]],
    ["those there are, where nothing is new", ["a", "b"], [[["b"], ["a"]]], [["b"], ["a"]]],
    [
      "anew from the first with something dropped",
      ["a", "c", "d"],
      [[["a"], ["b", "c"], ["d"]]],
      [["a"], ["c", "d"]],
    ],
    ["what is left below", ["a"], [[["a"], ["b"]]], [["a"]]],
    ["all anew where the lowest has something dropped", ["b", "c"], [[["a", "b"], ["c"]]], [["b", "c"]]],
    [
      "on the image that leaves least to do",
      ["a", "b", "c"],
      [[["a"]], [["b", "c"]], [["x"]]],
      [["b", "c"], ["a"]],
    ],
    ["as many as an image should have", [...many.flat()], [many.slice(0, 15)], many],
    ["one again where there would be more", [...many.flat(), "q"], [many], [[...many.flat(), "q"]]],
  ])("%s", (_, wished, before, expected) => {
    expect(layersFor(wished, before)).toEqual(expected);
  });

  test.each<[Layers, string]>([
    [[], ""],
    [[["a"]], "a"],
    [[["a", "g++"], ["b"]], "a g++,b"],
  ])("a label tells %j", (layers, text) => {
    expect(layersText(layers)).toBe(text);
    expect(layersIn(text)).toEqual(layers);
  });

  test("an image without the label has none to build on", () => {
    expect(layersIn(undefined)).toEqual([]);
  });
});

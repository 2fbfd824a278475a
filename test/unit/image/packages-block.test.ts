import { describe, expect, test } from "vitest";
import type { Layers } from "../../../src/image/layers.ts";
import { inLayers } from "../../../src/image/packages-block.ts";
import type { Entry } from "../../../src/image/tree.ts";

function file(path: string, text: string): Entry {
  return { path, kind: "file", mode: 0o644, content: Buffer.from(text) };
}

function textsOf(entries: readonly Entry[]): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap((entry) =>
      entry.kind === "file" ? [[entry.path, entry.content.toString()] as const] : [],
    ),
  );
}

const marked = `FROM x
# pet: packages begin (a word)
COPY packages.txt base/image/packages.sh /tmp/pet/
RUN xargs apt-get install < /tmp/pet/packages.txt
# pet: packages end
USER 1000
`;

const lines = (at: number) => `COPY packages.d/${at}/packages.txt base/image/packages.sh /tmp/pet/
RUN xargs apt-get install < /tmp/pet/packages.txt
`;

describe("the packages' lines of a recipe", () => {
  test.each<[string, Layers, string, string[]]>([
    ["are left out without packages", [], "", []],
    ["stand once for one layer", [["a", "b"]], lines(1), ["a\nb\n"]],
    ["are repeated for each", [["a"], ["b", "c"]], lines(1) + lines(2), ["a\n", "b\nc\n"]],
  ])("%s", (_, layers, expected, lists) => {
    const entries = [file("Dockerfile", marked), file("packages.txt", "all\n")];
    const texts = textsOf(inLayers(entries, layers, "here"));
    expect(texts.Dockerfile).toBe(`FROM x\n${expected}USER 1000\n`);
    expect(lists).toEqual(layers.map((_, at) => texts[`packages.d/${at + 1}/packages.txt`]));
    expect(texts["packages.txt"]).toBe("all\n");
  });

  test("without marks are left as they are", () => {
    const entries = [file("Dockerfile", "FROM x\nCOPY packages.txt /\n"), file("packages.txt", "a\n")];
    expect(inLayers(entries, [["a"]], "here")).toEqual(entries);
  });

  test("want a place that the recipe does not take", () => {
    const entries = [file("Dockerfile", marked), { path: "packages.d", kind: "directory" } as const];
    expect(() => inLayers(entries, [["a"]], "here")).toThrow(/packages\.d/);
  });
});

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseDirectory, findTerminal, listTerminals, terminalName } from "../../../src/image/terminals.ts";
import { lay, places } from "./recipes.ts";

describe("terminals", () => {
  test("are a person's own and those that come with pet, by name", () => {
    expect(listTerminals(places()).map(({ name, description }) => `${name}: ${description}`)).toEqual([
      "mine: ",
      "plain: Plain",
    ]);
  });

  test("of a person's own count first", () => {
    const here = places();
    lay(here.configDirectory, { "terminals/plain/Dockerfile": "FROM own\n" });
    expect(findTerminal("plain", here).directory).toBe(join(here.configDirectory, "terminals/plain"));
    expect(listTerminals(here)).toHaveLength(2);
  });

  test("that come with pet begin as root, whoever their base image was left as", () => {
    const files = globSync(new URL("../../../terminals/*/Dockerfile", import.meta.url).pathname);
    expect(files).not.toEqual([]);
    for (const file of files) expect(readFileSync(file, "utf8")).toMatch(/^FROM .*\n(#.*\n)*USER root\n/m);
  });

  test("without a Dockerfile are none", () => {
    const here = places();
    lay(here.configDirectory, { "terminals/plain/notes": "" });
    expect(findTerminal("plain", here).directory).toBe(join(here.packaged, "plain"));
    expect(() => findTerminal("base", here)).toThrow(expect.objectContaining({ code: "UNKNOWN_TERMINAL" }));
  });

  test("that are not there are named with those that are, and where one's own go", () => {
    const here = places();
    expect(() => findTerminal("none", here)).toThrow(/“none”.*mine, plain/);
  });

  test("come with pet, found from its source", () => {
    const own = { configDirectory: "/nowhere" };
    expect(listTerminals(own).map(({ name }) => name)).toContain("debian");
    expect(baseDirectory(own)).toMatch(/\/terminals\/base$/);
  });

  test.each(["..", ".", "", "a/b", "../x", "A", "-a", "a-", "a.b", "a\0", "a".repeat(41), "ä"])(
    "cannot be called %j",
    (name) => {
      expect(() => terminalName(name)).toThrow(expect.objectContaining({ code: "BAD_TERMINAL" }));
      expect(() => findTerminal(name, places())).toThrow(expect.objectContaining({ code: "BAD_TERMINAL" }));
    },
  );

  test("have names that are one harmless part of a path and of an image's name", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(terminalName(text)).toMatch(/^[a-z0-9][a-z0-9-]*$/);
        } catch (error) {
          expect(error).toMatchObject({ code: "BAD_TERMINAL" });
        }
      }),
    );
  });
});

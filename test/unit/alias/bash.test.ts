import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bash } from "../../../src/alias/bash.ts";
import { renderCompletion } from "../../../src/alias/completion.ts";
import { temporaryDirectory } from "../../support/temporary.ts";

/** A program in pet's place that tells what it was called with. */
function fakePet(): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "pet"), '#!/bin/sh\nprintf "%s|" "$PET_ALIAS" "$@"\nexit 7\n');
  chmodSync(join(directory, "pet"), 0o755);
  return directory;
}

function inBash(script: string, ...options: string[]): string {
  const env = { PATH: `${fakePet()}:/usr/bin:/bin`, CODE: bash.aliasCode(["foo", "foo-2", "7up", "1"]) };
  const argv = ["--norc", "--noprofile", ...options, "-c", `_pet_alias() { :; }; eval "$CODE"\n${script}`];
  return execFileSync("bash", argv, { env, encoding: "utf8" });
}

describe("an alias in bash", () => {
  test.each([
    ["foo 2 --start", "foo|foo|2|--start|"],
    ["foo -- printf '%s\\n' 'a b' '' '$HOME' \"it's\"", "foo|foo|--|printf|%s\\n|a b||$HOME|it's|"],
    ["foo-2", "foo-2|foo-2|"],
    ["7up", "7up|7up|"],
    ["1", "1|1|"],
  ])("hands %s on as it is, and says that it is one", (line, expected) => {
    expect(inBash(`${line} || :`)).toBe(expected);
  });

  test("gives pet's status and leaves no trace in the environment", () => {
    expect(inBash(`foo >/dev/null; echo "$? [\${PET_ALIAS-unset}]"`)).toBe("7 [unset]\n");
  });

  test("takes the place of a shell alias of its name", () => {
    expect(inBash(`alias foo='echo old'\neval "$CODE"\nfoo x || :`, "-O", "expand_aliases")).toBe(
      "foo|foo|x|",
    );
  });

  test("is made under set -eu as well", () => {
    expect(inBash('set -eu\neval "$CODE"\nfoo || echo done')).toBe("foo|foo|done\n");
  });

  test("reads its start-up line back", () => {
    expect(bash.namesIn(bash.startUpLine(["foo", "bar-2"]))).toEqual(["foo", "bar-2"]);
    expect(bash.namesIn(`${bash.startUpLine(["foo"])}; rm x`)).toBeUndefined();
  });
});

test("completion is made for words alone, never for what bash would read otherwise", () => {
  const script = readFileSync(new URL("../../../completions/pet.bash", import.meta.url), "utf8");
  const words = { options: [], commands: [], petCommands: [], keys: [], terminals: [], shells: [] };
  expect(() => renderCompletion(script, { ...words, verbs: [{ name: "x;reboot" }] })).toThrow(/no word/);
});

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderCompletion } from "../../src/alias/completion.ts";
import { shells } from "../../src/alias/shells.ts";
import { commands, options, petCommands, verbs } from "../../src/cli/tables.ts";
import { schema } from "../../src/config/schema.ts";
import { listTerminals } from "../../src/image/terminals.ts";
import { homeWithPets, offered, script } from "./shell.ts";

const petCommandNames = petCommands.map((row) => row.name);
const commandNames = [...commands.map((row) => row.name), ...petCommandNames];
const verbFlags = verbs.map((row) => `--${row.name}`);
const usual = " \t\n\"'><=;|&(:";

describe("completion offers", () => {
  test.each<[string, readonly string[]]>([
    ["pet ", ["far-away", "foo", "bar", "last", ...commandNames]],
    ["pet f", ["far-away", "foo"]],
    ["pet fo", ["foo"]],
    ["pet st", ["status"]],
    ["pet foo ", ["1", "work", ...petCommandNames, ...verbFlags]],
    ["pet foo w", ["work"]],
    ["pet foo 1 ", verbFlags],
    ["pet foo 1 x", []],
    ["pet --build foo w", ["work"]],
    ["pet bar ", ["1", ...petCommandNames, ...verbFlags]],
    ["pet nobody ", [...petCommandNames, ...verbFlags]],
    ["foo ", ["1", "work", ...petCommandNames, ...verbFlags]],
    ["foo ed", ["edit"]],
    ["foo edit ", []],
    ["pet edit ", ["far-away", "foo", "bar", "last"]],
    ["pet edit f", ["far-away", "foo"]],
    ["pet edit foo ", []],
    ["foo edit --dr", ["--dry-run"]],
    ["foo w", ["work"]],
    ["foo --sta", ["--start", "--status"]],
    ["foo -sta", ["--start", "--status"]],
    ["foo --start --sta", ["--status"]],
    ["foo --start --al", ["--all"]],
    ["foo --al", []],
    ["foo --destroy --k", ["--keep-home"]],
    ["foo --lo", ["--logs"]],
    ["foo --logs --fo", ["--follow"]],
    ["pet pru", ["prune"]],
    ["pet prune ", []],
    ["pet status --si", ["--sizes"]],
    ["foo -destroy --k", ["--keep-home"]],
    ["foo --build --no-", ["--no-cache", "--no-input", "--no-stdin"]],
    ["pet --context ", ["kube:prod", "default", "other"]],
    ["pet --context o", ["other"]],
    ["pet --context other ", ["bar", "last", ...commandNames]],
    ["pet --context other f", []],
    ["pet --context=other b", ["bar"]],
    ["pet --context=o", ["other"]],
    ["pet --context kube:prod f", ["far-away"]],
    ["pet --context kube:p", ["prod"]],
    ["foo PET_ME", ["PET_MEMORY", "PET_MEMORY="]],
    ["foo --config PET_GIT_", ["PET_GIT_NAME", "PET_GIT_EMAIL", "PET_GIT_NAME=", "PET_GIT_EMAIL="]],
    ["foo PET_READ_ONLY=", ["true", "false"]],
    ["foo PET_READ_ONLY=t", ["true"]],
    ["foo PET_TERMINAL=", ["debian", "mine"]],
    ["foo PET_TERMINAL=m", ["mine"]],
    ["foo PET_MEMORY=", []],
    ["pet alias ", ["far-away", "foo", "bar", "last"]],
    ["pet alias foo b", ["bar"]],
    ["pet alias --i", ["--install"]],
    ["pet completion ", ["bash"]],
    ["pet help dest", ["destroy"]],
    ["pet help PET_GIT_N", ["PET_GIT_NAME"]],
    ["pet status ", []],
    ["pet foo -- ", []],
    ["pet foo -- ls -", []],
    ["pet foo -- ls --st", []],
    ["foo -- PET_", []],
  ])("after “%s” %j", (line, expected) => {
    expect(offered(line, { home: homeWithPets() }).toSorted()).toEqual(expected.toSorted());
  });

  test.each<[string, readonly string[]]>([
    ["foo drop ", ["jq", "g++", "ripgrep"]],
    ["foo drop r", ["ripgrep"]],
    ["pet drop foo jq ", ["g++", "ripgrep"]],
    ["pet foo drop jq r", ["ripgrep"]],
    ["pet drop f", ["far-away", "foo"]],
    ["foo drop PET", []],
    ["foo add ", []],
    ["bar drop ", []],
  ])("what was added after “%s”: %j", (line, expected) => {
    const home = homeWithPets();
    const text =
      "# PET_PACKAGES=no\nMY_PET_PACKAGES=no\nexport PET_PACKAGES='jq g++, ripgrep $(touch PWNED) * `x`' # no\n";
    writeFileSync(join(home, ".config/pet/.env_default_foo"), text);
    expect(offered(line, { home }).toSorted()).toEqual(expected.toSorted());
    expect([...readdirSync(join(home, "work")), ...readdirSync(home)]).not.toContain("PWNED");
  });

  test("commands as the first word after --", () => {
    expect(offered("pet foo -- expr", { home: homeWithPets() })).toContain("expr");
  });

  test.each(["foo PET_TERMINAL=m", "pet --context kube:p"])(
    "whole words where readline does not cut “%s”",
    (line) => {
      const whole = { "foo PET_TERMINAL=m": "PET_TERMINAL=mine", "pet --context kube:p": "kube:prod" }[line];
      expect(offered(line, { home: homeWithPets(), wordBreaks: " \t\n" })).toEqual([whole]);
    },
  );

  test.each([
    ["XDG directories", { XDG_CONFIG_HOME: "/nowhere", XDG_CACHE_HOME: "/nowhere" }, []],
    ["PET_CONFIG_HOME", { PET_CONFIG_HOME: "/nowhere", XDG_CACHE_HOME: "/nowhere" }, []],
    [
      "relative XDG directories taken for none",
      { XDG_CONFIG_HOME: "x", XDG_CACHE_HOME: "x" },
      ["far-away", "foo"],
    ],
    ["PET_CONTEXT", { PET_CONTEXT: "default" }, ["foo"]],
  ])("what there is by %s", (_, env, expected) => {
    expect(offered("pet f", { home: homeWithPets(), env }).toSorted()).toEqual(expected);
  });

  test.each([
    "set -u",
    "set -e",
    "set -f",
    "set -o posix",
    "shopt -s failglob",
    "shopt -s nullglob",
    "shopt -s dotglob nocaseglob nocasematch",
    "shopt -s extglob",
    "IFS=,",
    "IFS=",
    "LC_ALL=C.UTF-8",
  ])("the same under %s", (before) => {
    const home = homeWithPets();
    expect(offered("pet f", { home, before })).toEqual(["foo", "far-away"]);
    expect(offered("foo ", { home, before }).slice(0, 2)).toEqual(["1", "work"]);
    expect(offered("foo PET_TERMINAL=", { home, before })).toEqual(["debian", "mine"]);
    expect(offered("pet --context ", { home, before })).toEqual(["default", "kube:prod", "other"]);
    expect(offered("pet f", { home, before, env: { HOME: "/nowhere" } })).toEqual([]);
  });

  test("nothing of a hostile name, and runs none", () => {
    const home = homeWithPets();
    for (const line of [
      "pet ",
      "pet $",
      "pet `",
      "pet a",
      "foo ",
      "pet --context ",
      "foo PET_TERMINAL=",
      "pet $(touch PWNED) ",
    ]) {
      expect(offered(line, { home }).join(" "), line).not.toMatch(/PWNED|[$`;]/);
    }
    expect([...readdirSync(join(home, "work")), ...readdirSync(home)]).not.toContain("PWNED");
  });
});

describe("completions/pet.bash", () => {
  test("has the words of today (else: npm run docs)", () => {
    const text = readFileSync(script, "utf8");
    const words = {
      verbs,
      options,
      commands,
      petCommands,
      keys: schema,
      terminals: listTerminals({ configDirectory: "/nowhere" }).map(({ name }) => name),
      shells: Object.keys(shells),
    };
    expect(text).toBe(renderCompletion(text, words));
  });

  test("answers within 50 ms even with 300 pets", () => {
    const home = homeWithPets();
    const rows = Array.from({ length: 300 }, (_, at) => `default\tpet-${at}\t1\n`).join("");
    const program = `
      mkdir -p "$HOME/.cache/pet" && printf %s "$ROWS" >"$HOME/.cache/pet/instances"
      source "$SCRIPT"
      LINE='pet pet-2' COMP_WORDBREAKS=$BREAKS COMP_LINE='pet pet-2' COMP_POINT=9 COMP_WORDS=(pet pet-2) COMP_CWORD=1
      times=()
      for ((i = 0; i < 21; i++)); do
        start=\${EPOCHREALTIME/[.,]/}
        _pet pet
        times+=($((\${EPOCHREALTIME/[.,]/} - start)))
      done
      printf '%s\\n' "\${#COMPREPLY[@]}" "\${times[@]}"`;
    const env = { HOME: home, PATH: "/usr/bin:/bin", SCRIPT: script, ROWS: rows, BREAKS: usual };
    const [count, ...times] = execFileSync("bash", ["--norc", "-c", program], { env, encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
    expect(count).toBe(111);
    expect(times.toSorted((a, b) => a - b)[10]).toBeLessThan(50_000);
  });
});

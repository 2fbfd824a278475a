/** Names, values and files come from people: nothing of them is ever read as anything but what it is. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { person } from "../support/cli.ts";
import { docker, inspected } from "./docker.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "hostile";
destroyAfterwards(me, name, "labelled");
recipe(me, "tiny", "");

beforeAll(async () => {
  for (const words of [[tiny], ["--start"]]) {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

const pieces = [
  ..."'\"`$\\;&|<>(){}[]*?!#~=%^,:@+-/. \t\n\r\x01\x1b\x7f",
  "$(id)",
  "`id`",
  "$HOME",
  "\u2028",
  "é",
  "漢字",
  "\u{1f600}",
  "--",
  "-n",
  "../",
  "a",
  "B",
  "7",
];
const nasty = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(""));

describe("arguments of a command", () => {
  test("arrive to the letter, and nothing of them is run", async () => {
    const lists = fc.array(nasty, { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(lists, async (words) => {
        const { stdout, stderr, status } = await me.pet([name, "--", "printf", "%s\\0", ...words]);
        expect({ status, stderr, words: stdout.split("\0").slice(0, -1) }).toEqual({
          status: 0,
          stderr: "",
          words,
        });
      }),
      { numRuns: 15 },
    );
  });
});

describe("names of files in the home", () => {
  test("are made, told and found as they are", async () => {
    const file = nasty
      .map((text) => text.replaceAll("/", "_"))
      .filter((text) => !["", ".", ".."].includes(text));
    const lists = fc.uniqueArray(file, { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lists, async (files) => {
        const paths = files.map((one) => `./${one}`);
        const script =
          'rm -rf ~/here && mkdir ~/here && cd ~/here && touch -- "$@" && printf "%s\\0" * .[!.]* ..?*';
        const { stdout, status } = await me.pet([
          name,
          "--",
          "bash",
          "-O",
          "nullglob",
          "-c",
          script,
          "x",
          ...paths,
        ]);
        expect(status).toBe(0);
        expect(stdout.split("\0").slice(0, -1).sort()).toEqual([...files].sort());
      }),
      { numRuns: 8 },
    );
  });
});

describe("the environment", () => {
  test("set by --config arrives to the letter", async () => {
    const value = nasty.map((text) => text.replace(/[\n\r\0]/g, " "));
    const variables = fc.dictionary(fc.stringMatching(/^MY_[A-Z]{1,6}$/), value, { minKeys: 1, maxKeys: 12 });
    await fc.assert(
      fc.asyncProperty(variables, async (wanted) => {
        const text = Object.entries(wanted)
          .map(([key, one]) => `${key}=${one.replace(/[\\\s]/g, "\\$&")}`)
          .join(" ");
        const set = await me.pet([name, `PET_ENV=${text}`]);
        // Some values no .env file can hold: those are refused, and nothing is changed.
        if (set.status !== 0) {
          expect(set.stderr).toMatch(/\[(UNWRITABLE_VALUE|BAD_VALUE)\]/);
          return;
        }
        expect((await me.pet([name, "--destroy", "--keep-home", "--yes"])).status).toBe(0);
        const { stdout, stderr } = await me.pet([name, "--", "env", "-0"]);
        const seen = stdout.split("\0").filter((line) => line.startsWith("MY_"));
        expect(seen.sort(), stderr).toEqual(
          Object.entries(wanted)
            .map(([key, one]) => `${key}=${one}`)
            .sort(),
        );
      }),
      { numRuns: 5 },
    );
    await me.pet([name, "PET_ENV="]);
  });
});

describe("labels", () => {
  test("of a person's own never stand for pet's, nor take them away", async () => {
    const label = "labelled";
    const outcome = await me.pet([label, tiny, "PET_LABELS=team=$(id) odd=a\\=b,c"]);
    expect(outcome.status, outcome.stderr).toBe(0);
    expect((await me.pet([label, "PET_LABELS=pet.kind=home pet.instance=other"])).status).toBe(2);
    expect((await me.pet([label, "--start"], { timeoutMs: 120_000 })).status).toBe(0);
    const { Config } = await inspected(`pet-${label}-1`);
    expect(Config.Labels).toMatchObject({ team: "$(id)", "pet.kind": "tty", "pet.instance": label });
  });

  test("of others that look like pet's break nothing", async () => {
    const strange = [
      ["pet.kind=tty", "pet.instance=../../etc", "pet.prefix=$(id)", "pet.tty=\x1b[31m"],
      ["pet.kind=tty", "pet.instance=a b", "pet.spec={broken"],
      ["pet.kind=tty"],
      // The only one with the name of a pet, under pet's own prefix.
      ["pet.kind=tty", "pet.prefix=pet", "pet.instance=strange", "pet.tty=9", "pet.spec={broken"],
    ];
    const made: string[] = [];
    try {
      for (const [index, labels] of strange.entries()) {
        const called = `strange-${index}`;
        const given = labels.flatMap((one) => ["--label", one]);
        await docker(["create", "--name", called, ...given, (await inspected(`pet-${name}-1`)).Image, "x"]);
        made.push(called);
      }
      for (const words of [
        ["status"],
        ["ls", "--json"],
        [name, "--status"],
        [name, "--", "true"],
        ["fresh", "--dry-run", "--start"],
      ]) {
        const outcome = await me.pet(words);
        expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
        expect(outcome.stdout).not.toContain("\x1b");
      }
      const who = person();
      recipe(who, "tiny", "");
      for (const words of [["--start"], ["--", "true"], ["PET_CPUS"]]) {
        const outcome = await who.pet(["strange", ...words]);
        expect(outcome).toMatchObject({ status: 1, stdout: "" });
        expect(outcome.stderr).toContain("BROKEN_SPEC");
        expect(outcome.stderr).toContain("strange-3 on");
      }
      // As it says itself, settings that are written down count instead.
      expect(await who.pet(["strange", "--config", tiny])).toMatchObject({ status: 0, stdout: "" });
      const outcome = await who.pet(["strange", "--", "echo", "in"], { timeoutMs: 120_000 });
      expect(outcome).toMatchObject({ status: 0, stdout: "in\n" });
      const { stdout } = await who.pet(["strange", "--status"]);
      expect(stdout).toMatch(/^1 +pet-strange-1 +running/m);
      expect(stdout).toMatch(/^9 +strange-3 +created/m);
      expect((await who.pet(["strange", "--destroy", "--yes"])).status).toBe(0);
    } finally {
      for (const called of made) await docker(["rm", "--force", called]);
    }
  });
});

describe("names", () => {
  test("that are none are misuse, whatever is in them, and reach no engine", async () => {
    const nobody = person({ DOCKER_HOST: "unix:///nowhere.sock" });
    const word = nasty.filter(
      (text) => text !== "" && !text.startsWith("-") && !/^[A-Za-z0-9]*(=|$)/.test(text),
    );
    await fc.assert(
      fc.asyncProperty(word, async (text) => {
        const outcome = await nobody.pet([text, "--status"]);
        expect(outcome, outcome.stderr).toMatchObject({ status: 2, stdout: "" });
        expect(outcome.stderr).not.toContain("bug");
        expect(outcome.stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
      }),
      { numRuns: 25 },
    );
  });
});

describe("what a file says", () => {
  test("is never run: a value may hold what it will", async () => {
    const { writeFileSync, existsSync, readdirSync } = await import("node:fs");
    const { join } = await import("node:path");
    const who = person();
    await who.pet(["filed", tiny]);
    recipe(who, "tiny", "");
    const [file = ""] = readdirSync(who.config).filter((entry) => entry.endsWith("_filed"));
    const mark = join(who.home, "ran");
    writeFileSync(
      join(who.config, file),
      `PET_TERMINAL=tiny\nPET_ENV='A=$(touch\\ ${mark}) B=\`touch\\ ${mark}\`'\nOTHER=$(touch ${mark})\n`,
    );
    const { stdout, stderr } = await who.pet(["filed", "--", "printenv", "A"], { timeoutMs: 120_000 });
    expect(stdout, stderr).toBe(`$(touch ${mark})\n`);
    expect(existsSync(mark)).toBe(false);
    await who.pet(["filed", "--destroy", "--yes"]);
  });
});

/** `--dry-run` of everything: the plan on standard output, and nothing changed, here or on the engine. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { docker, things } from "./docker.ts";
import { recipe } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const there = "planned";
const absent = "unplanned";
destroyAfterwards(me, there, absent);
recipe(me, "planned", "");

beforeAll(async () => {
  for (const args of [
    [there, "PET_PIDS=100", "PET_TERMINAL=planned"],
    [there, "--start"],
    [there, "2", "--start"],
    [there, "2", "--stop"],
  ]) {
    const outcome = await me.pet(args, { timeoutMs: 300_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

/** All that pet could change: containers with when they began, homes, images, files. */
async function everything(): Promise<unknown> {
  const { containers, volumes } = await things("planned");
  const names = containers.map((line) => line.split(" ")[0] ?? "");
  const described = JSON.parse(await docker(["inspect", ...names]));
  const files = ["", "..", "../../.cache/pet"].flatMap((folder) => {
    const directory = join(me.config, folder);
    return filesIn(directory).map((file) => [file, readFileSync(file, "utf8")]);
  });
  return {
    volumes,
    files,
    // Of the recipe that only these pets have: others build while this runs.
    images: await docker(["images", "--quiet", "--no-trunc", "--filter", "reference=pet/planned"]),
    containers: described.map(({ Id, State, Config }: never) => ({ Id, State, Config })),
  };
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(directory, entry.name));
  } catch {
    return [];
  }
}

describe.each([
  ["a pet that is there", there],
  ["a pet that is not", absent],
])("of %s", (_, name) => {
  const plans: readonly (readonly [readonly string[], RegExp])[] =
    name === there
      ? [
          [[], /^$/],
          [["2"], /^start pet-planned-2$/m],
          [["3"], /^create pet-planned-3 from pet\/planned:[0-9a-f]+\nstart pet-planned-3$/m],
          [["--start"], /^$/],
          [["2", "--start"], /^start pet-planned-2$/m],
          [["--start", "--all"], /^start pet-planned-2$/m],
          [["--stop"], /^stop pet-planned-1$/m],
          [["--stop", "--all"], /^stop pet-planned-1$/m],
          [["--restart"], /^stop pet-planned-1\nstart pet-planned-1$/m],
          [["--attach"], /^attach to pet-planned-1$/m],
          [["--", "touch", "/home/developer/x"], /^run in pet-planned-1: touch \/home\/developer\/x$/m],
          [
            ["--destroy"],
            /^remove pet-planned-1, .*\nremove pet-planned-2, .*\nremove home pet-planned-home/m,
          ],
          [["--destroy", "--keep-home"], /^remove pet-planned-2, [^\n]*\n$/m],
          [["--clean"], /^remove file .*_planned$/m],
          [["PET_PIDS=200"], /^write .*_planned$/m],
          [["--build", "--no-cache"], /^build image pet\/planned:/m],
          [["--build", "--start"], /^$/],
        ]
      : [
          [[], /^make home pet-unplanned-home.*\ncreate pet-unplanned-1 from .*\nstart pet-unplanned-1$/m],
          [["--start"], /^create pet-unplanned-1/m],
          [["--", "true"], /^create pet-unplanned-1[\s\S]*\nrun in pet-unplanned-1: true$/m],
          [["PET_PIDS=200"], /^write .*_unplanned$/m],
          [["PET_PACKAGES=tree", "--build"], /^write /m],
        ];

  test.each(plans)("%j", async (words, plan) => {
    const before = await everything();
    const outcome = await me.pet([name, "--dry-run", ...words]);
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    expect(outcome.stdout).toMatch(plan);
    const settingsWouldChange = words.length > 1 && words[0]?.includes("=") === true;
    expect(outcome.stderr.includes("planned with the settings as they are")).toBe(settingsWouldChange);
    expect(await everything()).toEqual(before);
  });
});

test.each([
  [["2"], "NOT_RUNNING"],
  [["3"], "NO_TTY"],
])("--attach that would fail says so: %j, %s", async (words, code) => {
  for (const rest of [[], ["--", "true"]]) {
    const outcome = await me.pet([there, ...words, "--attach", "--dry-run", ...rest]);
    expect(outcome).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining(code) });
  }
});

test("in a terminal nothing is attached", async () => {
  const terminal = me.open([absent, "--dry-run"]);
  expect(await terminal.exit).toMatchObject({ status: 0 });
  expect(terminal.screen().join("\n")).toContain(`attach to pet-${absent}-1`);
  expect(await things(`pet-${absent}-`)).toEqual({ containers: [], volumes: [] });
});

test("a script on standard input is not run", async () => {
  const outcome = await me.pet([there, "--dry-run"], { input: "touch ~/ran\n" });
  expect(outcome.stdout).toContain("the script on standard input");
  expect((await me.pet([there, "--", "test", "-e", "/home/developer/ran"])).status).toBe(1);
});

test("an alias is not installed", async () => {
  const outcome = await me.pet(["alias", "--install", there, "--dry-run"]);
  expect(outcome.status).toBe(0);
  expect(outcome.stdout).toContain(there);
  expect(filesIn(me.home)).toEqual([]);
});

test("an image that is not there would be built", async () => {
  const outcome = await me.pet([absent, "--dry-run", "--start"], { env: { LANG: "xx_YY.UTF-8" } });
  expect(outcome.stdout).toMatch(/^build image pet\/debian:[0-9a-f]+\nmake home/m);
});

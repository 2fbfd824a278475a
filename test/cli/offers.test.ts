/** What completion offers follows what pet does and sees: a real bash is asked after real verbs. */

import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { petCommands } from "../../src/cli/tables.ts";
import { offered } from "../completion/shell.ts";
import type { Person } from "../support/cli.ts";
import { docker } from "./docker.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
/** On another laptop, with the same engine. */
const other = resident();
const [name, neighbour] = ["offered", "offered-too"];
destroyAfterwards(me, name, neighbour);

// Where that bash is started.
mkdirSync(join(me.home, "work"));
const cache = join(me.home, ".cache", "pet", "instances");

async function done(who: Person, ...words: readonly string[]): Promise<void> {
  const outcome = await who.pet(words, { timeoutMs: 300_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
}

const onPets: readonly string[] = petCommands.map((row) => row.name);

/** Instances and TTYs alone: verbs, and commands on a pet, are offered everywhere. */
function offers(line: string): string[] {
  return offered(line, { home: me.home, env: { PET_CONFIG_HOME: me.config } }).filter(
    (word) => !word.startsWith("-") && !onPets.includes(word),
  );
}

beforeAll(async () => {
  await done(other, name, "7", "--start");
}, 300_000);

test("a TTY is offered once it was started here, with its pet, and nothing else of that pet's", async () => {
  expect(offers("pet offe")).toEqual([]);
  await done(me, name, "2", "--start");
  expect(offers("pet offe")).toEqual([name]);
  expect(offers(`pet ${name} `)).toEqual(["2"]);
  expect(offers(`${name} `)).toEqual(["2"]);
  await done(me, name, "--", "true");
  expect(offers(`pet ${name} `)).toEqual(["2", "1"]);
  // Done again it is no second time there.
  await done(me, name, "2", "--restart");
  expect(offers(`pet ${name} `)).toEqual(["2", "1"]);
});

test.each([["ls"], ["status"]])("pet %s learns what others made, and what is there no more", async (word) => {
  await done(other, neighbour, "--start");
  await docker(["rm", "--force", `pet-${name}-1`]);
  appendFileSync(cache, "elsewhere\toffers-far\t1\n");
  await done(me, word);
  expect(offers("pet offe").toSorted()).toEqual([name, neighbour, "offers-far"].toSorted());
  expect(offers(`pet ${name} `).toSorted()).toEqual(["2", "7"]);
  // For the second time round.
  await done(other, neighbour, "--destroy", "--yes");
  await done(me, name, "1", "--start");
  rmSync(cache);
});

test("a pet that was destroyed is offered no more; what only begins alike still is", async () => {
  await done(me, neighbour, "--start");
  await done(me, name, "2", "--start");
  await done(me, "ls");
  expect(offers("pet offe").toSorted()).toEqual([name, neighbour]);
  await done(me, name, "--destroy", "--yes");
  expect(offers("pet offe")).toEqual([neighbour]);
  expect(offers(`pet ${name} `)).toEqual([]);
  expect(readFileSync(cache, "utf8")).not.toContain(`\t${name}\t`);
});

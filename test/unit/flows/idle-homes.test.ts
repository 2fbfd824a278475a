/** The line that removes a home that no TTY uses: it has to mean that very home. */

import { expect, test } from "vitest";
import { census } from "../../../src/flows/census.ts";
import { idleHomes } from "../../../src/flows/idle-homes.ts";
import { label } from "../../../src/pet/labels.ts";
import { containerName, type HomeName } from "../../../src/pet/names.ts";
import { ground } from "./ground.ts";

const lines = async (here: ReturnType<typeof ground>) =>
  idleHomes(here.world, await census(here.world.engine)).map(({ home, destroy }) => [home.name, destroy]);

const pet = () => ground(undefined, { call: "pet" });

async function abandoned(here: ReturnType<typeof ground>, instance: string, prefix = "pet") {
  const { address } = await here.made(instance, { lines: `PET_PREFIX=${prefix}\n` });
  await here.world.engine.remove(containerName(address));
}

test("is its name and --destroy, as it was called", async () => {
  const here = ground(undefined, { call: "pet --context far" });
  await abandoned(here, "foo");
  await here.made("bar");
  expect(await lines(here)).toEqual([["pet-foo-home", "pet --context far foo --destroy"]]);
});

test("finds another prefix where nothing else has that name", async () => {
  const here = pet();
  await abandoned(here, "foo", "zoo");
  expect(await lines(here)).toEqual([["zoo-foo-home", "pet foo --destroy"]]);
});

test("names the prefix where the name alone means another pet", async () => {
  const here = pet();
  await abandoned(here, "foo", "zoo");
  await here.made("foo");
  expect(await lines(here)).toEqual([["zoo-foo-home", "pet foo PET_PREFIX=zoo && pet foo --destroy"]]);
});

test("names the prefix where the file here says another", async () => {
  const here = pet();
  await abandoned(here, "foo");
  here.target("foo", { file: "PET_PREFIX=yak\n" });
  expect(await lines(here)).toEqual([["pet-foo-home", "pet foo PET_PREFIX=pet && pet foo --destroy"]]);
});

test("is not given where the labels hold what no shell should see", async () => {
  const here = pet();
  for (const [name, labels] of [
    ["one", { [label.instance]: "foo; reboot", [label.prefix]: "pet" }],
    ["two", { [label.instance]: "foo", [label.prefix]: "$(reboot)" }],
  ] as const) {
    await here.world.engine.ensureHome({
      name: name as HomeName,
      labels: { ...labels, [label.kind]: "home" },
    });
  }
  expect(await lines(here)).toEqual([
    ["one", undefined],
    ["two", undefined],
  ]);
});

import { expect, test } from "vitest";
import { census } from "../../../src/flows/census.ts";
import { located } from "../../../src/flows/locate.ts";
import { wishFor } from "../../../src/flows/wish.ts";
import { ground } from "./ground.ts";

test("the file counts before what the engine remembers, and that before the defaults", async () => {
  const here = ground();
  await here.made("foo", { lines: "PET_PIDS=111\n" });
  const there = await census(here.world.engine);
  const wished = (file?: string) => {
    const { settings, from } = wishFor(
      here.world,
      here.target("foo", file === undefined ? {} : { file }),
      there,
    );
    return [from, settings.pids];
  };
  expect(wished()).toEqual(["engine", 111]);
  expect(wished("PET_PIDS=222\n")).toEqual(["file", 222]);
  expect(wished("# nothing\n")).toEqual(["file", 4096]);
  const { from, settings } = wishFor(here.world, here.target("bar"), there);
  expect([from, settings.pids]).toEqual(["defaults", 4096]);
});

test("the same name under another prefix does not count where this one is", async () => {
  const here = ground();
  // Sorts before the pet of the usual prefix, as everything else that is listed.
  await here.made("foo", { lines: "PET_PREFIX=ann\nPET_PIDS=222\n" });
  await here.made("foo", { lines: "PET_PIDS=111\n" });
  const { settings, address } = wishFor(here.world, here.target("foo"), await census(here.world.engine));
  expect([address.prefix, settings.pids]).toEqual(["pet", 111]);
});

test("a home alone remembers", async () => {
  const here = ground();
  await here.made("foo", { lines: "PET_PIDS=111\n" });
  for (const { name } of await here.world.engine.list({})) await here.world.engine.remove(name);
  const { settings, from } = wishFor(here.world, here.target("foo"), await census(here.world.engine));
  expect([from, settings.pids]).toEqual(["engine", 111]);
});

test("a key that is none is told with its place, and stands in nobody's way", async () => {
  const here = ground();
  const target = here.target("foo", { file: "A=1\nPET_MEMROY=2g\n" });
  wishFor(here.world, target, await census(here.world.engine));
  expect(here.notes).toEqual([
    `${target.envFile}:2: there is no setting called PET_MEMROY; did you mean PET_MEMORY?`,
  ]);
});

test.each<[string, { made?: string[]; file?: string }, string]>([
  ["where it is", { made: ["", "PET_PREFIX=zoo\n"] }, "pet"],
  ["where alone it is", { made: ["PET_PREFIX=zoo\n"] }, "zoo"],
  ["where the file says, there or not", { made: ["PET_PREFIX=zoo\n"], file: "PET_CPUS=1\n" }, "pet"],
  ["where it would be made, if it is nowhere", {}, "pet"],
])("a pet is found %s", async (_, { made = [], file }, prefix) => {
  const here = ground();
  for (const lines of made) await here.made("foo", { lines });
  await here.made("foo-bar", { lines: "PET_PREFIX=other\n" });
  const target = here.target("foo", file === undefined ? {} : { file });
  expect((await located(here.world, target)).address.prefix).toBe(prefix);
});

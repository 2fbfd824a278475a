/** What is removed, and what happens meanwhile: an engine held in memory on which others are at work. */

import { expect, test } from "vitest";
import { readSettings } from "../../../src/config/settings.ts";
import { type Outcome, removeContainers, removeImages, unused } from "../../../src/flows/prune.ts";
import { fail } from "../../../src/pet/errors.ts";
import { label } from "../../../src/pet/labels.ts";
import { containerName } from "../../../src/pet/names.ts";
import { workspaceOf } from "../../../src/pet/spec.ts";
import { dockerfileContext } from "../../contract/recipe.ts";
import { type Ground, ground } from "./ground.ts";

async function stopped(here: Ground, ...more: Parameters<Ground["made"]>) {
  const name = containerName((await here.made(...more)).address);
  await here.world.engine.stop(name);
  return name;
}

const said = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ name, left }) => `${name} ${left?.code ?? "gone"}`);
const left = async ({ world: { engine } }: Ground) => [
  ...(await engine.list({})).map(({ name }) => name),
  ...(await engine.homes({})).map(({ name }) => name),
];

async function built(here: Ground, tag: string) {
  const request = {
    tag,
    context: () => dockerfileContext("FROM image\n"),
    buildArgs: {},
    labels: { [label.kind]: "image" },
    pull: false,
    noCache: false,
  };
  for await (const _ of here.world.engine.build(request));
}
const tag = "pet/debian:0123456789abcdef";

test("what is stopped goes, what runs and every home stays", async () => {
  const here = ground();
  await stopped(here, "foo");
  await stopped(here, "bar");
  await here.made("foo", { tty: "2" });
  const found = await unused(here.world);
  expect(said(await removeContainers(here.world, found.ttys))).toEqual(["pet-bar-1 gone", "pet-foo-1 gone"]);
  expect(await left(here)).toEqual(["pet-foo-2", "pet-bar-home", "pet-foo-home"]);
  expect((await unused(here.world)).homes.map(({ destroy }) => destroy)).toEqual(["pet foo bar --destroy"]);
});

test("one that is started after it was listed stays, and is told", async () => {
  const here = ground();
  const name = await stopped(here, "foo");
  const { ttys } = await unused(here.world);
  await here.world.engine.start(name);
  expect(said(await removeContainers(here.world, ttys))).toEqual([`${name} CONTAINER_IN_USE`]);
  expect(await left(here)).toEqual([name, "pet-foo-home"]);
});

test("one that is started at the last moment stays as well", async () => {
  const here = ground((engine) => ({
    async discard(tty) {
      await engine.start(tty.name);
      await engine.discard(tty);
    },
  }));
  const name = await stopped(here, "foo");
  const { ttys } = await unused(here.world);
  expect(said(await removeContainers(here.world, ttys))).toEqual([`${name} CONTAINER_IN_USE`]);
});

test("one that was made anew after it was listed stays", async () => {
  const here = ground();
  const name = await stopped(here, "foo");
  const { ttys } = await unused(here.world);
  await here.world.engine.remove(name);
  await stopped(here, "foo");
  expect(said(await removeContainers(here.world, ttys))).toEqual([`${name} gone`]);
  expect(await left(here)).toEqual([name, "pet-foo-home"]);
});

test("one that alone remembers by the time its turn comes stays", async () => {
  const here = ground();
  await here.made("foo", { lines: "PET_PIDS=111\n" });
  await here.world.engine.remove(containerName(here.target("foo").address));
  const name = await stopped(here, "foo", { lines: "PET_PIDS=222\n" });
  const sibling = containerName((await here.made("foo", { tty: "2", lines: "PET_PIDS=222\n" })).address);
  const { ttys } = await unused(here.world);
  expect(ttys.map((tty) => tty.name)).toEqual([name]);
  await here.world.engine.remove(sibling);
  expect(said(await removeContainers(here.world, ttys))).toEqual([`${name} CONTAINER_IN_USE`]);
  expect((await unused(here.world)).kept).toMatchObject([
    { container: { name }, why: { kind: "remembers" } },
  ]);
});

test("those of a pet that somebody is at work on stay, and the others go", async () => {
  const here = ground();
  const name = await stopped(here, "foo");
  await stopped(here, "bar");
  const { ttys } = await unused(here.world);
  const lock = await here.world.engine.lock("pet-foo", "ann@x", "image");
  const outcomes = await removeContainers(here.world, ttys);
  expect(said(outcomes)).toEqual(["pet-bar-1 gone", `${name} LOCKED`]);
  expect(outcomes[1]?.left?.message).toContain("ann@x");
  await lock.release();
  expect(said(await removeContainers(here.world, ttys))).toEqual(["pet-bar-1 gone", `${name} gone`]);
  // The lock was given back.
  await (await here.world.engine.lock("pet-foo", "bob@x", "image")).release();
});

test.each(["DISK_FULL", "NO_IMAGE"] as const)("no lock can be had (%s): it goes on without", async (code) => {
  const here = ground(() => ({
    async lock() {
      throw code === "DISK_FULL" ? fail(code) : fail(code, { image: "image" });
    },
  }));
  const name = await stopped(here, "foo");
  expect(said(await removeContainers(here.world, (await unused(here.world)).ttys))).toEqual([`${name} gone`]);
});

test("an image that is used after it was listed stays, and is told", async () => {
  const here = ground();
  await built(here, tag);
  const { images } = await unused(here.world);
  expect(images.map(({ name }) => name)).toEqual([tag]);
  const { engine } = here.world;
  const pet = here.target("foo");
  const { settings } = readSettings(pet.envFile);
  const made = workspaceOf(pet.address, settings, tag, { spec: "{}", hash: "" });
  await engine.create(made);
  expect(said(await removeImages(here.world, images))).toEqual([`${tag} IMAGE_IN_USE`]);
  await engine.remove(made.name);
  expect(said(await removeImages(here.world, images))).toEqual([`${tag} gone`]);
  expect(await engine.image(tag)).toBeUndefined();
});

test("settings that cannot be read keep every image, and are told", async () => {
  const here = ground();
  await built(here, tag);
  const [file] = [here.target("foo", { file: "PET_MEMORY=lots\n" }).envFile];
  const found = await unused(here.world);
  expect(found.images).toEqual([]);
  expect(found.unreadable).toEqual([expect.stringContaining(file)]);
});

test("a recipe that is on another laptop keeps its images", async () => {
  const here = ground();
  await built(here, tag);
  await built(here, "pet/far:0123456789abcdef");
  here.target("foo", { file: "PET_TERMINAL=far\n" });
  expect((await unused(here.world)).images.map(({ name }) => name)).toEqual([tag]);
});

test("an image that a pet takes for a pre-built one is kept for it", async () => {
  const here = ground();
  await built(here, tag);
  await built(here, "pet/far:0123456789abcdef");
  here.target("foo", { file: `PET_IMAGE=docker.io/${tag}\n` });
  expect((await unused(here.world)).images.map(({ name }) => name)).toEqual(["pet/far:0123456789abcdef"]);
});

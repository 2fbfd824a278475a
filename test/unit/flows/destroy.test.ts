import { expect, test } from "vitest";
import { destroy } from "../../../src/flows/destroy.ts";
import { fail } from "../../../src/pet/errors.ts";
import { ground } from "./ground.ts";

const labels = {};
const left = async ({ world }: ReturnType<typeof ground>) => [
  ...(await world.engine.list(labels)).map(({ name }) => name),
  ...(await world.engine.homes(labels)).map(({ name }) => name),
];

test("a TTY that is made while others are removed is removed too", async () => {
  let late = true;
  const here = ground((engine) => ({
    async remove(name) {
      await engine.remove(name);
      if (name !== "pet-foo-1" || !late) return;
      late = false;
      await here.made("foo", { tty: "2" });
    },
  }));
  await destroy(here.world, await here.made("foo"), "remove home");
  expect(late).toBe(false);
  expect(await left(here)).toEqual([]);
});

test("a home that somebody keeps using is given up on after some looks, and said", async () => {
  let looks = 0;
  const here = ground(() => ({
    async removeHome(name) {
      looks += 1;
      throw fail("HOME_IN_USE", { name });
    },
  }));
  const pet = await here.made("foo");
  await expect(destroy(here.world, pet, "remove home")).rejects.toMatchObject({ code: "HOME_IN_USE" });
  expect(looks).toBe(5);
});

test.each(["remove home", "keep home"] as const)("another name typed back leaves all (%s)", async (fate) => {
  const here = ground(undefined, { ask: { confirm: async () => true, typedBack: async () => false } });
  const pet = await here.made("foo");
  await expect(destroy(here.world, pet, fate)).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
  expect(await left(here)).toEqual(["pet-foo-1", "pet-foo-home"]);
});

test("somebody else's turn is waited for, and one's own is given back after a failure", async () => {
  const here = ground(() => ({
    async removeHome(name) {
      throw fail("ENGINE_FAILED", { reason: `${name} is stuck` });
    },
  }));
  const pet = await here.made("foo");
  const lock = await here.world.engine.lock("pet-foo", "somebody", "image");
  const destroying = destroy(here.world, pet, "remove home");
  await expect.poll(() => here.notes).toContainEqual(expect.stringContaining("waiting for somebody"));
  expect(await left(here)).toEqual(["pet-foo-1", "pet-foo-home"]);
  await lock.release();
  await expect(destroying).rejects.toMatchObject({ code: "ENGINE_FAILED" });
  await (await here.world.engine.lock("pet-foo", "next", "image")).release();
});

test("where the disk is too full for a lock it goes on without one", async () => {
  const here = ground(() => ({
    async lock() {
      throw fail("DISK_FULL");
    },
  }));
  await destroy(here.world, await here.made("foo"), "remove home");
  expect(await left(here)).toEqual([]);
});

import { expect, test } from "vitest";
import type { Tty } from "../../../src/engine/engine.ts";
import { whenUp } from "../../../src/flows/up.ts";
import { fail } from "../../../src/pet/errors.ts";
import { containerName } from "../../../src/pet/names.ts";
import { ground } from "./ground.ts";

const notRunning = () => fail("NOT_RUNNING", { name: "pet-foo-1" });

/** A TTY that is seen in these states, one a look, the last for ever. */
async function seen(...states: readonly (Partial<Tty> | undefined)[]) {
  let look = 0;
  const here = ground((engine) => ({
    async inspect(name) {
      const state = states[Math.min(look++, states.length - 1)];
      const tty = await engine.inspect(name);
      return state === undefined || tty === undefined ? undefined : { ...tty, ...state };
    },
  }));
  return { ...here, name: containerName((await here.made("foo")).address) };
}

test("what is up at once is gone into, and nothing is looked at", async () => {
  const { world, name } = await seen(undefined);
  expect(await whenUp(world, name, async () => "in")).toBe("in");
});

test("one that ended at once is told with its status and last words, and is not tried for ever", async () => {
  const { world, name } = await seen({ state: "restarting", exitStatus: 5 });
  let tries = 0;
  const wayIn = async () => {
    tries += 1;
    throw notRunning();
  };
  await expect(whenUp(world, name, wayIn)).rejects.toMatchObject({ code: "TTY_DIED", detail: "started\n" });
  expect(tries).toBe(1);
  const [tty] = await world.engine.list({});
  expect(tty?.state).toBe("exited");
});

test("one that is removed meanwhile is gone, once it is", async () => {
  const { world, name } = await seen(
    { state: "dead", exitStatus: 137 },
    { state: "dead", exitStatus: 137 },
    undefined,
  );
  await expect(whenUp(world, name, () => Promise.reject(notRunning()))).rejects.toMatchObject({
    code: "NO_TTY",
  });
});

test("one that is up again by then is tried again", async () => {
  const { world, name } = await seen({});
  let tries = 0;
  const wayIn = async () => {
    tries += 1;
    if (tries === 1) throw notRunning();
    return "in";
  };
  expect(await whenUp(world, name, wayIn)).toBe("in");
});

test("a failure of another kind is nobody's ending", async () => {
  const { world, name } = await seen({ state: "exited", exitStatus: 5 });
  const refused = () => Promise.reject(fail("COMMAND_NOT_FOUND", { text: "x" }));
  await expect(whenUp(world, name, refused)).rejects.toMatchObject({ code: "COMMAND_NOT_FOUND" });
});

test("a home that TTYs of another uid use is not taken from them", async () => {
  const here = ground((engine) => ({
    async inspect(name) {
      const tty = await engine.inspect(name);
      return name === "pet-foo-2" && tty ? { ...tty, state: "restarting", exitStatus: 78 } : tty;
    },
  }));
  await here.made("foo");
  const name = containerName((await here.made("foo", { tty: "2", lines: "PET_UID=777\n" })).address);
  const failure = await whenUp(here.world, name, () => Promise.reject(notRunning())).catch((error) => error);
  expect(failure).toMatchObject({ code: "HOME_SHARED", message: expect.stringContaining("pet-foo-1") });
});

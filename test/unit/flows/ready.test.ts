import { expect, test } from "vitest";
import { makeReady } from "../../../src/flows/ready.ts";
import { fail } from "../../../src/pet/errors.ts";
import { containerName } from "../../../src/pet/names.ts";
import { ground } from "./ground.ts";

test("what a list shows before it can be started is started once it can", async () => {
  let tries = 0;
  const here = ground((engine) => ({
    async start(name) {
      tries += 1;
      if (tries < 3) throw fail("NO_TTY", { name });
      await engine.start(name);
    },
  }));
  const pet = await here.made("foo");
  await here.world.engine.stop(containerName(pet.address));
  await makeReady(here.world, pet);
  expect(tries).toBe(3);
  expect((await here.world.engine.list({})).map(({ state }) => state)).toEqual(["running"]);
});

/**
 * kill -9 at every kind of request that a verb makes of the engine, once before the engine hears of it and once after.
 * Whatever that leaves, the next run makes whole: exactly one TTY and one home, or none.
 */

import { beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../support/cli.ts";
import { nothing, things } from "./docker.ts";
import { endedAt, kindsOf, type Moment } from "./ended-at.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

/** Someone with a pet to be killed at, and the line to the engine that it is killed on. */
async function mortal(moment: Moment) {
  const line = await proxy();
  const me = resident({ DOCKER_HOST: line.host });
  const name = `mortal-${moment}`;
  destroyAfterwards(me, name);
  recipe(me, "tiny", "RUN echo a step that a build can be killed in; sleep 1");

  /** Runs pet and kills it at its first request of this kind. */
  const killedAt = (words: readonly string[], kind: string) =>
    endedAt({ me, line, moment }, [name, ...words], kind);
  const kinds = (...words: readonly string[]) => kindsOf(line, () => done(run(...words)));

  const run = (...words: readonly string[]) => me.pet([name, ...words], { timeoutMs: 120_000 });
  const whole = { containers: [`pet-${name}-1 running`], volumes: [`pet-${name}-home`] };
  return { name, killedAt, kinds, run, whole, ours: () => things(`pet-${name}-`) };
}

const mortals = { before: await mortal("before"), after: await mortal("after") };

async function done(ending: Promise<Outcome>): Promise<void> {
  const outcome = await ending;
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
}

beforeAll(async () => {
  for (const { run } of Object.values(mortals)) {
    await done(run(tiny));
    await done(run("--build"));
  }
}, 300_000);

describe.concurrent.each(["before", "after"] as const)("%s each request reaches the engine", (moment) => {
  test("a start that was killed is completed by the next, a destroy likewise", async () => {
    const { run, killedAt, kinds, whole, ours } = mortals[moment];
    const start = await kinds("--start");
    const destroy = await kinds("--destroy", "--yes");
    // The kills meet the steps they are meant for.
    expect(start.join("\n")).toMatch(/volumes\/create[\s\S]*containers\/create[\s\S]*\/start/);
    expect(destroy.join("\n")).toMatch(/containers\/create[\s\S]*DELETE \/containers[\s\S]*DELETE \/volumes/);
    for (let at = 0; at < Math.max(start.length, destroy.length); at++) {
      const [begun, ended] = [start[at], destroy[at]];
      if (begun !== undefined) await killedAt(["--start"], begun);
      await done(run("--start"));
      expect(await ours(), `start was killed at ${begun}`).toEqual(whole);
      if (ended !== undefined) await killedAt(["--destroy", "--yes"], ended);
      // By turns the next run is one that makes it whole, or one that goes on removing it.
      if (at % 2 === 0) {
        await done(run("--start"));
        expect(await ours(), `destroy was killed at ${ended}`).toEqual(whole);
      }
      const again = await run("--destroy", "--yes");
      expect(again.status === 0 || again.stderr.includes("NO_PET"), again.stderr).toBe(true);
      expect(await ours(), `destroy was killed at ${ended}`).toEqual(nothing);
    }
  }, 240_000);
});

test("a destroy that was killed in the middle of what others add to leaves nothing the next time", async () => {
  const { run, killedAt, ours } = mortals.after;
  await done(run("--start"));
  await done(run("2", "--start"));
  await killedAt(["--destroy", "--yes"], "DELETE /containers/…");
  await done(run("3", "--start"));
  await done(run("--destroy", "--yes"));
  expect(await ours()).toEqual(nothing);
});

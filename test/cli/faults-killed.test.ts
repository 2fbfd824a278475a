/**
 * kill -9 at every step: as each request of a verb goes to the engine, pet is killed, once before the engine hears of
 * it and once after. Whatever that leaves, the next run makes whole: exactly one TTY and one home, or none.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, describe, expect, test } from "vitest";
import { type Outcome, petCommand } from "../support/cli.ts";
import { nothing, things } from "./docker.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

type Moment = "before" | "after";

/** Someone with a pet to be killed at, and the line to the engine that it is killed on. */
async function mortal(moment: Moment) {
  const line = await proxy();
  const me = resident({ DOCKER_HOST: line.host });
  const name = `mortal-${moment}`;
  destroyAfterwards(me, name);
  recipe(me, "tiny", "RUN echo a step that a build can be killed in; sleep 1");

  /** Runs pet and kills it at its n-th request. Returns that request, or undefined where pet ended before. */
  async function killedAt(words: readonly string[], at: number): Promise<string | undefined> {
    let killed: string | undefined;
    const child = spawn(petCommand, [name, ...words], { env: me.env, stdio: "ignore" });
    const kill = (request: string) => {
      killed ??= request;
      child.kill("SIGKILL");
    };
    line.watch({
      onRequest(request, number) {
        if (number !== at || moment !== "before") return "go on";
        kill(request);
        return "hold";
      },
      onHanded(request, number) {
        if (number === at && moment === "after") kill(request);
      },
    });
    const [status] = await once(child, "close");
    line.watch({});
    if (killed === undefined) expect(status).toBe(0);
    return killed;
  }

  const run = (...words: readonly string[]) => me.pet([name, ...words], { timeoutMs: 120_000 });
  const whole = { containers: [`pet-${name}-1 running`], volumes: [`pet-${name}-home`] };
  return { name, killedAt, run, whole, ours: () => things(`pet-${name}-`) };
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
    const { run, killedAt, whole, ours } = mortals[moment];
    const seen = { start: [] as string[], destroy: [] as string[] };
    for (let at = 1; ; at++) {
      const start = await killedAt(["--start"], at);
      await done(run("--start"));
      expect(await ours(), `start was killed at ${start}`).toEqual(whole);
      const destroy = await killedAt(["--destroy", "--yes"], at);
      // By turns the next run is one that makes it whole, or one that goes on removing it.
      if (at % 2 === 0) {
        await done(run("--start"));
        expect(await ours(), `destroy was killed at ${destroy}`).toEqual(whole);
      }
      const again = await run("--destroy", "--yes");
      expect(again.status === 0 || again.stderr.includes("NO_PET"), again.stderr).toBe(true);
      expect(await ours(), `destroy was killed at ${destroy}`).toEqual(nothing);
      if (start !== undefined) seen.start.push(start);
      if (destroy !== undefined) seen.destroy.push(destroy);
      if (start === undefined && destroy === undefined) break;
    }
    // The kills met the steps they were meant for.
    expect(seen.start.join("\n")).toMatch(/volumes\/create[\s\S]*containers\/create[\s\S]*\/start/);
    expect(seen.destroy.join("\n")).toMatch(
      /containers\/create[\s\S]*DELETE \/containers[\s\S]*DELETE \/volumes/,
    );
  }, 240_000);
});

test("a destroy that was killed in the middle of what others add to leaves nothing the next time", async () => {
  const { run, killedAt, ours } = mortals.after;
  await done(run("--start"));
  await done(run("2", "--start"));
  expect(await killedAt(["--destroy", "--yes"], 9)).toBeDefined();
  await done(run("3", "--start"));
  await done(run("--destroy", "--yes"));
  expect(await ours()).toEqual(nothing);
});

/** A recreation whose engine goes or whose disk is full: the pet is there with its home, and the same words again succeed. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Person, petCommand } from "../support/cli.ts";
import { type OwnEngine, ownEngine } from "../support/engine.ts";
import { docker, inspected, things } from "./docker.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { resident } from "./resident.ts";

const name = "hardy";
const container = `pet-${name}-1`;
let engine: OwnEngine;
let line: Awaited<ReturnType<typeof proxy>>;
let me: Person;

async function done(...words: readonly string[]): Promise<string> {
  const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome.stdout;
}

async function expectWhole(): Promise<void> {
  expect((await things(`^/?pet-${name}-`, engine.dockerHost)).containers).toEqual([`${container} running`]);
  expect(await done("--", "cat", "file")).toBe("kept\n");
}

beforeAll(async () => {
  engine = await ownEngine({ size: "700m" });
  line = await proxy({ to: engine.socket });
  me = resident({ DOCKER_HOST: line.host });
  recipe(me, "tiny", "");
  await done(tiny);
  await done("--", "sh", "-c", "echo kept > ~/file");
}, 300_000);

afterAll(async () => {
  await engine?.end();
}, 60_000);

test.each([
  ["when the new one is about to be started", /-1\.new\/json/],
  ["when it is about to take the place", /rename\?name=pet-hardy-1$/],
])(
  "the engine is stopped %s",
  async (_, moment) => {
    let met: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      met = resolve;
    });
    line.watch({
      onRequest(request) {
        if (!moment.test(request)) return "go on";
        met();
        return "hold";
      },
    });
    const child = spawn(petCommand, [name, "--recreate"], {
      env: me.env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let told = "";
    child.stderr.on("data", (bytes) => {
      told += bytes;
    });
    const ended = once(child, "close");
    await Promise.race([reached, ended]);
    await engine.stop();
    const [status] = await ended;
    line.watch({});
    await engine.start();
    expect(status, told).toBe(125);
    expect(told).toMatch(/\[(ENGINE_UNREACHABLE|ENGINE_FAILED|DOOR_LOST)\]/);

    const { ttys } = JSON.parse(await done("--status", "--json"));
    expect(ttys).toHaveLength(1);
    await done("--recreate");
    // One that the engine's stop had ended is recreated as that.
    await done("--start");
    await expectWhole();
  },
  120_000,
);

test("the disk is full: the old one runs on, and once there is room the same words succeed", async () => {
  const fill = "head -c 2000000000 /dev/zero > /filled/with || true; rm -f /filled/none; sync";
  const filling = ["run", "--rm", "--volume", "filling:/filled", engine.baseImage, "sh", "-c", fill];
  await docker(filling, engine.dockerHost).catch(() => {});
  const before = (await inspected(container, engine.dockerHost)).Id;

  // With the same image it may fit in, or it is said; never anything between.
  const small = await me.pet([name, "--recreate"], { timeoutMs: 120_000 });
  if (small.status !== 0)
    expect(small).toMatchObject({ status: 125, stderr: expect.stringContaining("DISK_FULL") });
  await expectWhole();
  const then = (await inspected(container, engine.dockerHost)).Id;
  expect(then === before).toBe(small.status !== 0);

  recipe(me, "tiny", "RUN head -c 60000000 /dev/zero > /large");
  const large = await me.pet([name, "--recreate"], { timeoutMs: 120_000 });
  expect(large).toMatchObject({ status: 125, stdout: "" });
  expect(large.stderr).toContain("DISK_FULL");
  await expectWhole();
  expect((await inspected(container, engine.dockerHost)).Id).toBe(then);

  await docker(["volume", "rm", "filling"], engine.dockerHost);
  await done("--recreate");
  expect(await done("--", "stat", "-c", "%s", "/large")).toBe("60000000\n");
  await expectWhole();
}, 180_000);

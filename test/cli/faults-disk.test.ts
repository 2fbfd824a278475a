/** An engine whose disk is full: said as that, wherever it shows, and all goes on once there is room. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "../support/cli.ts";
import { type OwnEngine, ownEngine } from "../support/engine.ts";
import { docker, inspected, nothing, things } from "./docker.ts";
import { recipe, tiny } from "./recipes.ts";
import { stocked } from "./repository.ts";
import { resident } from "./resident.ts";
import { wishesOf } from "./wishes.ts";

let engine: OwnEngine;
let me: Person;

beforeAll(async () => {
  engine = await ownEngine({ size: "700m" });
  me = resident({ DOCKER_HOST: engine.dockerHost });
  recipe(me, "tiny", "");
  stocked(me);
  recipe(me, "large", "RUN head -c 60000000 /dev/zero > /large");
  for (const words of [
    ["small", tiny],
    ["small", "--start"],
    ["stopped", tiny],
    ["stopped", "--start"],
    ["stopped", "--stop"],
    ["large", "PET_TERMINAL=large"],
    ["larder", "PET_TERMINAL=stocked"],
    ["larder", "--start"],
  ]) {
    const outcome = await me.pet(words, { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
  const fill = "head -c 2000000000 /dev/zero > /filled/with || true; rm -f /filled/none; sync";
  const filling = ["run", "--rm", "--volume", "filling:/filled", engine.baseImage, "sh", "-c", fill];
  await docker(filling, engine.dockerHost).catch(() => {});
}, 300_000);

afterAll(async () => {
  await engine?.end();
}, 60_000);

test("a build says so, with its last lines and what to look at, and leaves nothing", async () => {
  const outcome = await me.pet(["large", "--start"], { timeoutMs: 120_000 });
  expect(outcome).toMatchObject({ status: 125, stdout: "" });
  expect(outcome.stderr).toContain("DISK_FULL");
  expect(outcome.stderr).toContain("docker system df");
  expect(outcome.stderr.toLowerCase()).toContain("no space left on device");
  expect(await things("pet-large-", engine.dockerHost)).toEqual(nothing);
});

test("a package for which there is no room says so, and leaves file and TTY as they were", async () => {
  const file = wishesOf(me, "larder");
  const before = [readFileSync(file, "utf8"), (await inspected("pet-larder-1", engine.dockerHost)).Id];
  const outcome = await me.pet(["add", "larder", "large"], { timeoutMs: 120_000 });
  expect(outcome).toMatchObject({ status: 125, stderr: expect.stringContaining("DISK_FULL") });
  expect([readFileSync(file, "utf8"), (await inspected("pet-larder-1", engine.dockerHost)).Id]).toEqual(
    before,
  );
});

test("a new TTY says so, or is made and runs; never anything between", async () => {
  const outcome = await me.pet(["small", "2", "--start"]);
  if (outcome.status !== 0) {
    expect(outcome).toMatchObject({ status: 125, stderr: expect.stringContaining("DISK_FULL") });
  } else {
    expect((await me.pet(["small", "2", "--attach", "--", "true"])).status).toBe(0);
  }
});

test("what runs, runs on and can be looked at, stopped and destroyed", async () => {
  expect(await me.pet(["small", "--", "echo", "in"])).toMatchObject({ status: 0, stdout: "in\n" });
  expect((await me.pet(["small", "--status"])).stdout).toContain("pet-small-1");
  expect((await me.pet(["stopped", "--destroy", "--yes"])).status).toBe(0);
  expect(await things("pet-stopped-", engine.dockerHost)).toEqual(nothing);
});

test("once there is room the next run completes", async () => {
  await docker(["volume", "rm", "filling"], engine.dockerHost);
  const outcome = await me.pet(["large", "--", "stat", "-c", "%s", "/large"], { timeoutMs: 120_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0, stdout: "60000000\n" });
  expect((await me.pet(["small", "2", "--start"])).status).toBe(0);
  const added = await me.pet(["add", "larder", "large"], { timeoutMs: 120_000 });
  expect(added, added.stderr).toMatchObject({ status: 0 });
  expect((await me.pet(["larder", "--", "stat", "-c", "%s", "/large"])).stdout).toBe("60000000\n");
});

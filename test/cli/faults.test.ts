/** Bad luck with the engine itself: not there, not ours to use, gone in the middle. On engines of these tests' own. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Person, petCommand } from "../support/cli.ts";
import { type OwnEngine, ownEngine } from "../support/engine.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { docker, nothing, things } from "./docker.ts";
import { asNobody } from "./nobody.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { resident } from "./resident.ts";

const name = "unlucky";
let engine: OwnEngine;
let me: Person;

async function done(words: readonly string[], who = me): Promise<string> {
  const outcome = await who.pet(words, { timeoutMs: 120_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome.stdout;
}

/** With a small recipe for pets of this name. */
async function prepared(host: string, ...names: readonly string[]): Promise<Person> {
  const who = resident({ DOCKER_HOST: host });
  recipe(who, "tiny", "RUN echo slow; sleep 2; echo done");
  for (const one of names) await done([one, tiny], who);
  return who;
}

beforeAll(async () => {
  engine = await ownEngine();
  me = await prepared(engine.dockerHost, name, "other");
  await done([name, "--start"]);
}, 300_000);

afterAll(async () => {
  await engine?.end();
}, 60_000);

describe("an engine", () => {
  test.each([
    ["a verb", ["--start"]],
    ["a command", ["--", "true"]],
    ["a status", ["--status"]],
    ["a destroy", ["--destroy", "--yes"]],
    ["a build", ["--build"]],
  ])("that is not there: %s says so and what to type", async (_, words) => {
    const host = `unix://${temporaryDirectory()}/none.sock`;
    const outcome = await me.pet([name, ...words], { env: { DOCKER_HOST: host } });
    expect(outcome).toMatchObject({ status: 125, stdout: "" });
    expect(outcome.stderr).toContain("ENGINE_UNREACHABLE");
    expect(outcome.stderr).toContain(host);
    expect(outcome.stderr).toContain("docker version");
  });

  test("at a port where nothing listens is as little there", async () => {
    const outcome = await me.pet(["status"], { env: { DOCKER_HOST: "tcp://127.0.0.1:1" } });
    expect(outcome).toMatchObject({ status: 125, stderr: expect.stringContaining("ENGINE_UNREACHABLE") });
  });

  test("whose socket is another's to use: says so and how to be let in", async () => {
    const { host } = await proxy({ to: engine.socket });
    const socket = host.slice("unix://".length);
    chmodSync(socket, 0);
    const outcome = await asNobody(me, ["status"], { DOCKER_HOST: host });
    expect(outcome).toMatchObject({ status: 125, stdout: "" });
    expect(outcome.stderr).toContain("ENGINE_PERMISSION");
    expect(outcome.stderr).toContain("usermod -aG docker");
  });
});

describe("stopped in the middle of", () => {
  /** Runs pet until what it says on standard error or out shows that it is there, stops the engine, and lets it end. */
  async function stoppedAt(
    words: readonly string[],
    seen: string,
  ): Promise<{ status: number; told: string }> {
    const child = spawn(petCommand, [...words], { env: me.env, stdio: ["ignore", "pipe", "pipe"] });
    let told = "";
    const there = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (bytes) => {
          told += bytes;
          if (told.includes(seen)) resolve();
        });
    });
    const ended = once(child, "close");
    await Promise.race([there, ended]);
    await engine.stop();
    const [status] = await ended;
    await engine.start();
    return { status, told };
  }

  test("a build: the failure has its code, and the next run builds and starts", async () => {
    recipe(me, "slow", "RUN echo begun; sleep 30");
    await done(["slow", "PET_TERMINAL=slow"]);
    const { status, told } = await stoppedAt(["slow", "--start"], "Step 3/");
    // An engine that goes may kill the step first, which is then told as the step's failure.
    expect(told).toMatch(/\[(ENGINE_FAILED|ENGINE_UNREACHABLE|BUILD_FAILED)\]/);
    expect([1, 125]).toContain(status);
    expect(await things("pet-slow-", engine.dockerHost)).toEqual(nothing);
    recipe(me, "slow", "RUN echo begun; sleep 0");
    expect(await done(["slow", "--", "echo", "in"])).toBe("in\n");
  });

  test("a command: the failure has its code, and its TTY is there again with the engine", async () => {
    await done([name, "--start"]);
    const { status, told } = await stoppedAt([name, "--", "sh", "-c", "echo begun; sleep 60"], "begun");
    expect(status, told).toBe(125);
    expect(told).toMatch(/\[(DOOR_LOST|CONSOLE_LOST)\]/);
    // Restart policy: nobody has to start it.
    await expect
      .poll(() => me.pet([name, "--attach", "--", "echo", "back"]), { timeout: 20_000, interval: 500 })
      .toMatchObject({ status: 0, stdout: "back\n" });
  });

  test("a console: the terminal is whole and says how to come back, and one can", async () => {
    const { open } = await import("../support/pty.ts");
    const shell = open("bash", ["--norc", "--noprofile", "-i"], { env: { ...me.env, PS1: "outer> " } });
    await shell.waitFor("outer>");
    const before = shell.modes();
    shell.type(`'${petCommand}' ${name}\r`);
    await shell.waitFor(`@pet-${name}-1`, 30_000);
    shell.type("printf '\\e[?1049h\\e[?1000h\\e[?25l'; sleep 600\r");
    await shell.waitFor((terminal) => terminal.modes().alternateScreen);
    await engine.kill();
    await shell.waitFor("CONSOLE_LOST", 30_000);
    await shell.waitFor(/outer> *$/m);
    expect(shell.screen().join("\n")).toContain(`pet ${name}`);
    expect(shell.modes()).toEqual(before);
    expect(shell.cursor().visible).toBe(true);
    shell.type("echo $?\r");
    await shell.waitFor(/^125$/m);
    await engine.start();
    await expect
      .poll(() => me.pet([name, "--", "echo", "back"]), { timeout: 20_000, interval: 500 })
      .toMatchObject({ status: 0, stdout: "back\n" });
  });

  test("a start, at any request: coded, and the next run completes", async () => {
    const line = await proxy({ to: engine.socket });
    const who = await prepared(line.host, "other");
    for (let at = 1; ; at++) {
      let reached = false;
      line.watch({
        onRequest(_, number) {
          if (number < at) return "go on";
          // Every line breaks at once, as when the engine goes; whoever calls again is sent away.
          reached = true;
          line.cut();
          return "hold";
        },
      });
      const outcome = await who.pet(["other", "--start"]);
      line.watch({});
      if (!reached) break;
      expect(outcome.status, outcome.stderr).toBe(125);
      expect(outcome.stderr).toMatch(/\[[A-Z_]+\]/);
      expect(outcome.stderr).not.toContain("bug");
      await done(["other", "--start"], who);
      expect(await things("pet-other-", engine.dockerHost)).toEqual({
        containers: ["pet-other-1 running"],
        volumes: ["pet-other-home"],
      });
      await done(["other", "--destroy", "--yes"], who);
    }
  }, 120_000);
});

describe("a name that is taken", () => {
  test("by a foreign container: it is named and left alone, by every verb", async () => {
    await docker(["create", "--name", "pet-taken-1", engine.baseImage, "true"], engine.dockerHost);
    await done(["taken", tiny]);
    for (const words of [
      ["--start"],
      ["--", "true"],
      ["--stop"],
      ["--restart"],
      ["--attach", "--", "true"],
    ]) {
      const outcome = await me.pet(["taken", ...words], { timeoutMs: 120_000 });
      expect(outcome).toMatchObject({ status: 1, stdout: "" });
      expect(outcome.stderr).toContain("FOREIGN");
      expect(outcome.stderr).toContain("docker container inspect pet-taken-1");
    }
    expect((await me.pet(["taken", "--status"])).stderr).not.toContain("pet-taken-1");
    await me.pet(["taken", "--destroy", "--yes"]);
    const { containers } = await things("pet-taken-", engine.dockerHost);
    expect(containers).toEqual(["pet-taken-1 created"]);
  });

  test("by a foreign volume: it is named and left alone, and no container is made", async () => {
    await docker(["volume", "create", "pet-hers-home"], engine.dockerHost);
    await done(["hers", tiny]);
    const outcome = await me.pet(["hers", "--start"], { timeoutMs: 120_000 });
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    expect(outcome.stderr).toContain("FOREIGN");
    expect(outcome.stderr).toContain("docker volume inspect pet-hers-home");
    await me.pet(["hers", "--destroy", "--yes"]);
    expect(await things("pet-hers-", engine.dockerHost)).toEqual({
      containers: [],
      volumes: ["pet-hers-home"],
    });
  });
});

test("two of `pet foo` at once from nothing: both are in the one pet", async () => {
  await done(["twins", tiny]);
  const terminals = [me.open(["twins"]), me.open(["twins"])];
  for (const terminal of terminals) await terminal.waitFor("@pet-twins-1", 60_000);
  expect(await things("pet-twins-", engine.dockerHost)).toEqual({
    containers: ["pet-twins-1 running"],
    volumes: ["pet-twins-home"],
  });
  const { ttys } = JSON.parse(await done(["twins", "--status", "--json"]));
  expect(ttys[0].attached).toHaveLength(2);
  for (const terminal of terminals) {
    terminal.key("ctrl-\\");
    expect(await terminal.exit).toMatchObject({ status: 0 });
  }
});

test("ten commands at once in a pet that is not there yet: each ends well, in one container", async () => {
  await done(["crowd", tiny]);
  const words = (index: number) => ["crowd", "--", "echo", String(index)];
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, index) => me.pet(words(index), { timeoutMs: 120_000 })),
  );
  expect(outcomes.map(({ stdout, stderr }) => stdout || stderr)).toEqual(
    Array.from({ length: 10 }, (_, index) => `${index}\n`),
  );
  expect((await things("pet-crowd-", engine.dockerHost)).containers).toHaveLength(1);
});

describe("Ctrl-C", () => {
  test("during a build ends pet at once, leaves nothing, and the next run builds", async () => {
    recipe(me, "endless", "RUN echo begun; sleep 600");
    await done(["endless", "PET_TERMINAL=endless"]);
    const terminal = me.open(["endless"], { cols: 120, rows: 24 });
    await terminal.waitFor(/begun|sleep 600/, 60_000);
    const begun = Date.now();
    terminal.key("ctrl-c");
    expect(await terminal.exit).toMatchObject({ signal: 2 });
    expect(terminal.screen().join("\n")).toContain("INTERRUPTED");
    expect(terminal.screen().join("\n")).not.toContain("building");
    expect(Date.now() - begun).toBeLessThan(3_000);
    expect(await things("pet-endless-", engine.dockerHost)).toEqual(nothing);
    // The engine's own build ends with it.
    const building = () => docker(["ps", "--no-trunc", "--format", "{{.Command}}"], engine.dockerHost);
    await expect.poll(building, { timeout: 15_000 }).not.toContain("sleep 600");
    recipe(me, "endless", "RUN echo ended");
    expect(await done(["endless", "--", "echo", "in"])).toBe("in\n");
  });
});

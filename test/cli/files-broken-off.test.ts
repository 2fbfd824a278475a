/** A copy that is broken off, by whatever: nothing under a final name, and nothing left beside it for long. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { afterwards, temporaryDirectory } from "../support/temporary.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "broken-off";
destroyAfterwards(me, name);
recipe(me, "tiny", "");

beforeAll(async () => {
  for (const words of [[tiny], ["--start"]]) {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
  await inside("head -c 5000000 /dev/urandom > ~/large");
}, 300_000);

async function inside(script: string): Promise<string> {
  const { status, stdout, stderr } = await me.pet([name, "--", "sh", "-c", script]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

/** Until the script prints this; what it prints at last. */
async function insideBecomes(script: string, wanted: string): Promise<void> {
  const until = Date.now() + 60_000;
  let told = await inside(script);
  while (told !== wanted && Date.now() < until) {
    await pause(100);
    told = await inside(script);
  }
  expect(told).toBe(wanted);
}

const stages = "ls -A ~ | grep -c ^[.]pet-put- || :";
/** The far ends that run: their program begins with these words. */
const farEnds = "grep -l 'sub [t]ake' /proc/[0-9]*/cmdline 2>/dev/null | wc -l";
const nothingGoesOn = `${stages}; ${farEnds}; ls ~ | grep -v large || :`;

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly status: number | null; readonly stderr: string }>;
}

function begin(args: readonly string[], { cwd = "/", host = me.env.DOCKER_HOST } = {}): Running {
  const child = spawn(petCommand, args, { cwd, env: { ...me.env, DOCKER_HOST: host } });
  let stderr = "";
  child.stderr.on("data", (bytes) => {
    stderr += bytes;
  });
  child.stdin.on("error", () => {});
  afterwards(() => void child.kill("SIGKILL"));
  const ended = once(child, "close").then(([status]) => ({ status, stderr }));
  return { child, ended };
}

/** A `put` that has begun and waits for more of its standard input. */
async function putBegun(file: string, host?: string): Promise<Running> {
  const running = begin([name, "put", "-", file], { host });
  running.child.stdin?.write(Buffer.alloc(2_000_000, "half"));
  await insideBecomes(`find ~/.pet-put-* -name ${file} -size +500k 2>/dev/null | wc -l`, "1\n");
  return running;
}

/** A `get` of which a part has come, and no more comes. */
async function getBegun(cwd: string): Promise<{ readonly running: Running; readonly cut: () => void }> {
  const line = await proxy();
  line.watch({ onAnswer: (bytes) => (bytes > 1_000_000 ? "hold" : "go on") });
  const running = begin([name, "get", "large"], { cwd, host: line.host });
  const until = Date.now() + 60_000;
  while (readdirSync(cwd).length === 0 && Date.now() < until) await pause(20);
  expect(readdirSync(cwd)).toEqual([expect.stringMatching(/^\.pet-get-/)]);
  const cut = () => {
    // The line to come is a whole one: what pet asks of the engine next is answered.
    line.watch({});
    line.cut();
  };
  return { running, cut };
}

describe("put", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("by %s", async (signal) => {
    const { child, ended } = await putBegun("half");
    child.kill(signal);
    const { status, stderr } = await ended;
    expect(status, stderr).toBe(130);
    expect(stderr).toContain("[INTERRUPTED]");
    await insideBecomes(nothingGoesOn, "0\n0\n");
  });

  test("by a kill of pet", async () => {
    const { child, ended } = await putBegun("half");
    child.kill("SIGKILL");
    await ended;
    await insideBecomes(nothingGoesOn, "0\n0\n");
  });

  test("by a line that breaks", async () => {
    const line = await proxy();
    const { ended } = await putBegun("half", line.host);
    line.cut();
    expect(await ended).toMatchObject({ status: 125, stderr: expect.stringContaining("[DOOR_LOST]") });
    await insideBecomes(nothingGoesOn, "0\n0\n");
  });

  test("by a kill inside: what is left goes with the next one, but nobody else's", async () => {
    const killed = await putBegun("half");
    await inside("kill -9 $(grep -l 'sub [t]ake' /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3)");
    expect(await killed.ended).toMatchObject({
      status: 125,
      stderr: expect.stringContaining("[FAR_END_FAILED]"),
    });
    expect(await inside(nothingGoesOn)).toBe("1\n0\n");
    const going = await putBegun("whole");
    expect(await inside(stages)).toBe("1\n");
    const other = begin([name, "put", "-", "other"]);
    other.child.stdin?.end("other");
    expect(await other.ended).toMatchObject({ status: 0 });
    going.child.stdin?.end("the end");
    expect(await going.ended).toMatchObject({ status: 0 });
    expect(await inside(`${nothingGoesOn}; wc -c < ~/whole; rm ~/whole ~/other`)).toBe(
      "0\n0\nother\nwhole\n2000007\n",
    );
  });
});

describe("get", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("by %s", async (signal) => {
    const cwd = temporaryDirectory();
    const { running } = await getBegun(cwd);
    running.child.kill(signal);
    const { status, stderr } = await running.ended;
    expect(status, stderr).toBe(130);
    expect(stderr).toContain("[INTERRUPTED]");
    expect(readdirSync(cwd)).toEqual([]);
    await insideBecomes(nothingGoesOn, "0\n0\n");
  });

  test("by a line that breaks", async () => {
    const cwd = temporaryDirectory();
    const { running, cut } = await getBegun(cwd);
    cut();
    expect(await running.ended).toMatchObject({
      status: 125,
      stderr: expect.stringContaining("[DOOR_LOST]"),
    });
    expect(readdirSync(cwd)).toEqual([]);
    await insideBecomes(nothingGoesOn, "0\n0\n");
  });

  test("by a kill of pet: what is left goes with the next one, but nobody else's", async () => {
    const cwd = temporaryDirectory();
    const { running } = await getBegun(cwd);
    running.child.kill("SIGKILL");
    await running.ended;
    await insideBecomes(nothingGoesOn, "0\n0\n");
    expect(readdirSync(cwd)).toEqual([expect.stringMatching(/^\.pet-get-/)]);
    const other = await getBegunBeside(cwd);
    expect(await begin([name, "get", "large"], { cwd }).ended).toMatchObject({ status: 0 });
    expect(readdirSync(cwd).sort()).toEqual([expect.stringMatching(/^\.pet-get-/), "large"]);
    other.child.kill("SIGINT");
    expect(await other.ended).toMatchObject({ status: 130 });
    expect(readdirSync(cwd)).toEqual(["large"]);
    const sum = await inside("sha256sum < large");
    const { createHash } = await import("node:crypto");
    expect(
      createHash("sha256")
        .update(readFileSync(join(cwd, "large")))
        .digest("hex"),
    ).toBe(sum.slice(0, 64));
  });
});

/** A further one in the same place: it takes away what was left there, and waits. */
async function getBegunBeside(cwd: string): Promise<Running> {
  const [old = ""] = readdirSync(cwd);
  const line = await proxy();
  line.watch({ onAnswer: (bytes) => (bytes > 1_000_000 ? "hold" : "go on") });
  const running = begin([name, "get", "large"], { cwd, host: line.host });
  const until = Date.now() + 60_000;
  const isNew = () => readdirSync(cwd).length === 1 && !readdirSync(cwd).includes(old);
  while (!isNew() && Date.now() < until) await pause(20);
  expect(isNew()).toBe(true);
  return running;
}

test("two at once leave one of both, and whole", async () => {
  const cwd = temporaryDirectory();
  for (const each of ["one", "two"]) writeFileSync(join(cwd, each), each.repeat(700_000));
  const both = ["one", "two"].map((each) => begin([name, "put", each, "shared"], { cwd }).ended);
  expect((await Promise.all(both)).map(({ status }) => status)).toEqual([0, 0]);
  expect(await inside("sort -u shared | cut -c1-3; wc -c < shared; rm shared")).toMatch(
    /^(one|two)\n2100000\n$/,
  );
  await insideBecomes(nothingGoesOn, "0\n0\n");
});

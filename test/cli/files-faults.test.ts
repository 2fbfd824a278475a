/** Disks that are full on either side, an engine that is killed, and a workspace that lies: on an engine of the file's own. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Person, petCommand, runToEnd } from "../support/cli.ts";
import { asRoot } from "../support/engine/run.ts";
import { type OwnEngine, ownEngine } from "../support/engine.ts";
import { afterwards, temporaryDirectory } from "../support/temporary.ts";
import { recipe, tiny } from "./recipes.ts";
import { resident } from "./resident.ts";

let engine: OwnEngine;
let me: Person;
const name = "cramped";

beforeAll(async () => {
  engine = await ownEngine({ size: "400m" });
  me = resident({ DOCKER_HOST: engine.dockerHost });
  recipe(me, "tiny", "");
  for (const words of [[tiny], ["--start"]]) {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

afterAll(async () => {
  await engine?.end();
}, 60_000);

async function inside(script: string): Promise<string> {
  const { stdout } = await me.pet([name, "--", "sh", "-c", script]);
  return stdout;
}

test("a disk that is full inside: said so, nothing under its name, and the room is free again", async () => {
  const cwd = temporaryDirectory();
  await runToEnd("sh", ["-c", "mkdir tree && echo small > tree/small && truncate -s 10M tree/holes"], {
    cwd,
  });
  await runToEnd("sh", ["-c", "head -c 450000000 /dev/zero > tree/large"], { cwd });
  await inside("echo old > kept");
  const tree = await me.pet([name, "put", "tree"], { cwd });
  expect(tree).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("[FULL_INSIDE]") });
  expect(tree.stderr).toContain("tree/large");
  const file = await me.pet([name, "put", "tree/large", "kept"], { cwd });
  expect(file).toMatchObject({ status: 1, stderr: expect.stringContaining("[FULL_INSIDE]") });
  expect(await inside("ls -A ~ | grep -v '^[.][bp][ar]'; cat ~/kept")).toBe("kept\nold\n");
  expect(await me.pet([name, "put", "tree/small"], { cwd })).toMatchObject({ status: 0 });
});

test("a disk that is full here: said so, what was there stays, and nothing is left beside it", async () => {
  await inside("mkdir -p many && head -c 3000000 /dev/urandom > many/large && echo new > many/old");
  const script = `mount -t tmpfs -o size=1m none "$0" && cd "$0" && mkdir many && echo old > many/old
    "$@"; echo "status $?"; "$1" ${name} get many/large -  > piped; echo "status $?"
    rm piped; find . | sort; cat many/old`;
  const [command, ...args] = asRoot("unshare", "--mount", "env", ...environment(), "sh", "-c", script);
  const outcome = await runToEnd(command, [...args, temporaryDirectory(), petCommand, name, "get", "many"]);
  expect(outcome.stdout).toBe("status 1\nstatus 1\n.\n./many\n./many/old\nold\n");
  expect(outcome.stderr).toMatch(
    /many\/large cannot be written: no space is left on the disk.*\[FILE_UNWRITABLE\]/,
  );
  expect(outcome.stderr).toMatch(/Standard output cannot be written: no space is left on the disk/);
});

/** Root's by sudo has none of it. */
function environment(): readonly string[] {
  return Object.entries(me.env)
    .filter(([key]) => /^(PATH|HOME|DOCKER_HOST|PET_CONFIG_HOME|LANG)$/.test(key))
    .map(([key, value]) => `${key}=${value}`);
}

test("an engine that is killed in the middle: nothing under a final name, and the next one cleans up", async () => {
  const cwd = temporaryDirectory();
  const child = spawn(petCommand, [name, "put", "-", "half"], { env: me.env });
  afterwards(() => void child.kill("SIGKILL"));
  let stderr = "";
  child.stderr.on("data", (bytes) => {
    stderr += bytes;
  });
  child.stdin.on("error", () => {});
  child.stdin.write(Buffer.alloc(2_000_000, "half"));
  const until = Date.now() + 60_000;
  const begun = "find ~/.pet-put-* -name half -size +500k 2>/dev/null | wc -l";
  while ((await inside(begun)) !== "1\n" && Date.now() < until) await pause(100);
  const ended = once(child, "close");
  await engine.kill();
  expect((await ended)[0], stderr).toBe(125);
  expect(stderr).toContain("[DOOR_LOST]");
  await engine.start();
  writeFileSync(join(cwd, "next"), "next");
  const next = await me.pet([name, "put", "next"], { cwd, timeoutMs: 120_000 });
  expect(next, next.stderr).toMatchObject({ status: 0 });
  expect(await inside("ls -A ~ | grep -e pet-put -e half; cat next")).toBe("next");
});

test("a workspace whose perl lies: nothing comes of it here", async () => {
  // pet's own programs inside want a perl that does as it is told.
  const lie = `#!/bin/sh
case "$2" in
  *take*) cat /lie; exec sleep 600 ;;
  *) exec /usr/bin/perl.true "$@" ;;
esac
`;
  const frame = (type: string, payload: string) => {
    const header = Buffer.alloc(5);
    header.write(type);
    header.writeUInt32BE(payload.length, 1);
    return Buffer.concat([header, Buffer.from(payload, "latin1")]);
  };
  const meta = "\x01\xa4\0\0\0\0\0\x0f\x42\x40";
  const lying = Buffer.concat([
    frame("R", ""),
    frame("D", meta),
    frame("L", "out\0../.."),
    frame("D", `${meta}out`),
    frame("F", `${meta}${"\0".repeat(12)}victim`),
    frame("B", "spoilt"),
  ]);
  recipe(
    me,
    "liar",
    "COPY lie perl /\nRUN mv /usr/bin/perl /usr/bin/perl.true && mv /perl /usr/bin/perl && chmod 755 /usr/bin/perl",
    { perl: lie },
  );
  writeFileSync(join(me.config, "terminals/liar/lie"), lying);
  for (const words of [["PET_TERMINAL=liar"], ["--start"]]) {
    const outcome = await me.pet(["liar", ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
  const cwd = temporaryDirectory();
  const outcome = await me.pet(["liar", "get", "notes"], { cwd });
  expect(outcome).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("[FILE_UNWRITABLE]"),
  });
  expect(readdirSync(cwd)).toEqual([]);
  expect(existsSync(join(cwd, "../victim"))).toBe(false);
  expect(await me.pet(["liar", "put", petCommand])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("[STREAM_UNTRUE]"),
  });
});

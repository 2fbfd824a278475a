/** What is told of pets: as a table for people, as JSON for programs, at the price of few calls. */

import { beforeAll, expect, test } from "vitest";
import { person } from "../support/cli.ts";
import { proxy } from "./proxy.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "told";
const bare = "told-home";
destroyAfterwards(me, name, bare);

beforeAll(async () => {
  for (const args of [
    [name, "--start"],
    [name, "10", "--start"],
    [name, "2", "--start"],
    [name, "2", "--stop"],
    [bare, "--start"],
    [bare, "--destroy", "--keep-home", "--yes"],
  ]) {
    const outcome = await me.pet(args, { timeoutMs: 300_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

test("a pet's own status is a table on standard output, and nothing else is there", async () => {
  const { status, stdout, stderr } = await me.pet([name, "--status"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const [head, ...rows] = stdout.trimEnd().split("\n");
  expect(head?.split(/ {2,}/)).toEqual(["TTY", "CONTAINER", "STATE", "SINCE", "IMAGE", "ATTACHED"]);
  const cells = rows.map((row) => row.split(/ {2,}/));
  expect(cells.map(([tty, container, state]) => [tty, container, state])).toEqual([
    ["1", `pet-${name}-1`, "running"],
    ["2", `pet-${name}-2`, "exited"],
    ["10", `pet-${name}-10`, "running"],
  ]);
  for (const [, , , since, image, attached] of cells) {
    expect(since).toMatch(/^\d+ (s|min)$/);
    expect(image).toMatch(/^pet\/debian:[0-9a-f]{16}$/);
    expect(attached).toMatch(/^(nobody|–)$/);
  }
});

test("as JSON it is one value with the same in it", async () => {
  const before = Date.now();
  const { stdout, stderr } = await me.pet([name, "--status", "--json"]);
  expect(stderr).toBe("");
  const found = JSON.parse(stdout);
  expect(found).toMatchObject({ instance: name, home: `pet-${name}-home` });
  expect(found.ttys.map(({ tty, state, attached }: never) => ({ tty, state, attached }))).toEqual([
    { tty: "1", state: "running", attached: [] },
    { tty: "2", state: "exited" },
    { tty: "10", state: "running", attached: [] },
  ]);
  for (const { since } of found.ttys) {
    expect(new Date(since).toISOString()).toBe(since);
    expect(new Date(since).getTime()).toBeLessThan(before);
  }
});

test("since is since it runs, not since it was made", async () => {
  const ago = async () => {
    const { stdout } = await me.pet([name, "--status", "--json"]);
    return new Date(JSON.parse(stdout).ttys[0].since).getTime();
  };
  const before = await ago();
  expect((await me.pet([name, "--restart"])).status).toBe(0);
  expect(await ago()).toBeGreaterThan(before);
});

test.each([["status"], ["ls"]])(
  "pet %s tells of all pets by one list of each kind, however many",
  async (word) => {
    const line = await proxy();
    const { status, stdout } = await me.pet([word], { env: { DOCKER_HOST: line.host } });
    expect(status).toBe(0);
    const cells = stdout.split("\n").map((row) => row.split(/ {2,}/).slice(0, 3));
    expect(cells[0]).toEqual(["PET", "TTY", "STATE"]);
    expect(cells).toContainEqual([name, "1", "running"]);
    expect(cells).toContainEqual([name, "2", "exited"]);
    expect(cells).toContainEqual([bare, "–", "only a home"]);
    expect(
      line
        .requests()
        .map((request) => request.replace(/\?.*/, ""))
        .sort(),
    ).toEqual(["GET /containers/json", "GET /volumes"]);
  },
);

test("pet status as JSON is a list with every pet", async () => {
  const { stdout } = await me.pet(["status", "--json"]);
  const found: readonly { instance: string; home: string; ttys: readonly { state: string }[] }[] =
    JSON.parse(stdout);
  expect(found.find(({ instance }) => instance === bare)).toMatchObject({
    home: `pet-${bare}-home`,
    ttys: [],
  });
  expect(found.find(({ instance }) => instance === name)?.ttys.map(({ state }) => state)).toEqual([
    "running",
    "exited",
    "running",
  ]);
});

test("pet alone lists them, with a short help beside", async () => {
  const { status, stdout, stderr } = await me.pet([]);
  expect(status).toBe(0);
  expect(stdout).toContain(name);
  expect(stderr).toContain("pet --help");
});

test("pets of one name under two prefixes are two, each with its own", async () => {
  const other = person();
  await other.pet([name, "PET_PREFIX=zoo"]);
  expect((await other.pet([name, "5", "--start"])).status).toBe(0);
  try {
    const found: readonly {
      instance: string;
      prefix: string;
      home: string;
      ttys: readonly { tty: string }[];
    }[] = JSON.parse((await me.pet(["status", "--json"])).stdout);
    const both = found.filter(({ instance }) => instance === name);
    expect(both.map(({ prefix, home, ttys }) => [prefix, home, ...ttys.map(({ tty }) => tty)])).toEqual([
      ["pet", `pet-${name}-home`, "1", "2", "10"],
      ["zoo", `zoo-${name}-home`, "5"],
    ]);
    expect((await me.pet(["ls"])).stdout).toMatch(new RegExp(`^zoo-${name} +5 +running`, "m"));
    expect((await me.pet([name, "--status"])).stdout).not.toContain("zoo");
  } finally {
    await other.pet([name, "--destroy", "--yes"]);
  }
});

test("of what is not there it says so, and how to make it", async () => {
  const outcome = await me.pet(["not-there", "--status"]);
  expect(outcome).toMatchObject({ status: 1, stdout: "" });
  expect(outcome.stderr).toContain("NO_PET");
  expect(outcome.stderr).toContain("pet not-there");
});

test("of a pet without TTYs it says that its home is kept", async () => {
  const outcome = await me.pet([bare, "--status"]);
  expect(outcome.status).toBe(0);
  expect(outcome.stdout).toContain("its home is kept");
});

test("a TTY that answers no more is told all the same", async () => {
  const { docker } = await import("./docker.ts");
  await docker(["pause", `pet-${name}-10`]);
  try {
    const { status, stdout } = await me.pet([name, "--status"], { timeoutMs: 10_000 });
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`pet-${name}-10 +paused`));
  } finally {
    await docker(["unpause", `pet-${name}-10`]);
  }
});

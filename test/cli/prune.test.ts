/** What is unused is listed, and removed where that is meant; a home never is. On an engine where nobody else is at work. */

import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Outcome, type Person, person } from "../support/cli.ts";
import { type OwnEngine, ownEngine } from "../support/engine.ts";
import { docker as dockerOn, things as thingsOn } from "./docker.ts";
import { recipe, tiny } from "./recipes.ts";
import { resident } from "./resident.ts";

let engine: OwnEngine;
let me: Person;
/** Another laptop, without a single file. */
let other: Person;

const docker = async (args: readonly string[]) => (await dockerOn(args, engine.dockerHost)).trim();
const there = async () => await thingsOn("", engine.dockerHost);
const images = async () =>
  (await docker(["images", "--format", "{{.Repository}}:{{.Tag}}"]))
    .split("\n")
    .filter((one) => one !== engine.baseImage)
    .sort();

async function done(words: readonly string[], who = me): Promise<Outcome> {
  const outcome = await who.pet(words, { timeoutMs: 120_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome;
}

/** What `pet prune` lists: kind and name, each once. */
async function listed(who = me): Promise<readonly string[]> {
  const { stdout } = await done(["prune", "--dry-run"], who);
  const [, ...rows] = stdout.trimEnd().split("\n");
  return rows.map((row) => row.split(/ {2,}/).slice(0, 2).join(" "));
}

const homes = ["pet-alone-home", "pet-idle-home", "pet-kept-home", "pet-runs-home", "zoo-alone-home"];
const volumes = [...homes, "stranger"].sort();
let oldImage: string;
/** As a lock is: what it carries, and who holds it. */
const asLock = ["--label", "pet.kind=lock", "--label", "pet.holder=ann@x"];

beforeAll(async () => {
  engine = await ownEngine();
  me = resident({ DOCKER_HOST: engine.dockerHost });
  other = person({ DOCKER_HOST: engine.dockerHost });
  recipe(me, "tiny", "");
  await done(["runs", tiny, "--start"]);
  await done(["runs", "2", "--start"]);
  await done(["runs", "2", "--stop"]);
  await done(["idle", tiny, "--start"]);
  await done(["idle", "--", "sh", "-c", "echo precious > ~/file"]);
  await done(["idle", "--stop"]);
  // Its settings changed since its home was made: the container alone remembers them.
  await done(["kept", tiny, "--start"]);
  await done(["kept", "--destroy", "--keep-home", "--yes"]);
  await done(["kept", "PET_PIDS=321", "--start"]);
  await done(["kept", "--stop"]);
  for (const prefix of ["zoo", "pet"]) {
    await done(["alone", tiny, `PET_PREFIX=${prefix}`, "--start"]);
    await done(["alone", "--destroy", "--keep-home", "--yes"]);
  }
  [oldImage = ""] = await images();
  await docker(["create", "--name", "pet-idle.mend", "--label", "pet.kind=tty", oldImage]);
  // A lock that nobody holds any more; no pet's, since a verb would take it away.
  await docker(["run", "--name", "pet-gone.lock", ...asLock, "--entrypoint", "true", oldImage]);
  // Strangers, of which only one shows what pet's own carries.
  await docker(["create", "--name", "stranger", engine.baseImage, "true"]);
  await docker(["create", "--name", "pet-stranger.lock", oldImage]);
  await docker(["volume", "create", "stranger"]);
  await docker(["tag", oldImage, "strangers/own:1"]);
}, 300_000);

afterAll(async () => {
  await engine?.end();
}, 60_000);

test("is listed by what it is, with what to type for what is kept", async () => {
  const before = await there();
  const { stdout, stderr } = await done(["prune", "--dry-run"]);
  expect(stderr).toBe("");
  const rows = stdout.trimEnd().split("\n");
  expect(rows[0]?.split(/ {2,}/)).toEqual(["UNUSED", "NAME", "SINCE", "SIZE", "NOTE"]);
  const cells = rows.slice(1).map((row) => row.split(/ {2,}/));
  expect(cells.map(([what, name, , , note]) => [what, name, note])).toEqual([
    ["TTY", "pet-idle-1", "stopped"],
    ["TTY", "pet-runs-2", "stopped"],
    ["leftover", "pet-gone.lock", "of interrupted work"],
    ["leftover", "pet-idle.mend", "of interrupted work"],
    [
      "kept",
      "pet-kept-1",
      "kept; it alone remembers the pet's settings. Without them: pet kept --destroy --keep-home",
    ],
    ["home", "pet-alone-home", "kept; to remove it: pet alone --destroy"],
    ["home", "zoo-alone-home", "kept; to remove it: pet alone PET_PREFIX=zoo && pet alone --destroy"],
  ]);
  for (const [, , since] of cells) expect(since).toMatch(/^\d+ (s|min)$/);
  expect(await there()).toEqual(before);
});

test.each([
  ["without a terminal", ["prune"]],
  ["with --no-input", ["prune", "--no-input"]],
])("%s nothing is removed, and what to type is said", async (_, words) => {
  const before = await there();
  const { stderr } = await done(words);
  expect(stderr).toBe("nothing was removed; to remove these: pet prune --yes\n");
  expect(await there()).toEqual(before);
});

test("as JSON it is one value with the same in it, and nothing is removed", async () => {
  const before = await there();
  const { stdout, stderr } = await done(["prune", "--json"]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject({
    ttys: [{ container: "pet-idle-1", state: "exited" }, { container: "pet-runs-2" }],
    leftovers: [{ container: "pet-gone.lock" }, { container: "pet-idle.mend" }],
    images: [],
    kept: [{ container: "pet-kept-1", why: { kind: "remembers" } }],
    homes: [{ home: "pet-alone-home", destroy: "pet alone --destroy" }, { home: "zoo-alone-home" }],
    removed: [],
  });
  expect(await there()).toEqual(before);
});

test("the sizes of homes are told where they are asked for, counted once a pet", async () => {
  await done(["runs", "--", "sh", "-c", "head -c 3000000 /dev/zero > ~/large"]);
  const { stdout, stderr } = await done(["status", "--sizes"]);
  expect(stderr).toBe("");
  const rows = stdout.trimEnd().split("\n");
  expect(rows[0]?.split(/ {2,}/)).toEqual(["PET", "TTY", "STATE", "MADE", "IMAGE", "HOME"]);
  const own = rows.filter((row) => row.startsWith("runs")).map((row) => row.split(/ {2,}/));
  expect(own.map(([, tty, , , , size]) => [tty, size])).toEqual([
    ["1", "3.0 MB"],
    ["2", undefined],
  ]);
  const found: readonly { instance: string; homeBytes: number }[] = JSON.parse(
    (await done(["status", "--sizes", "--json"])).stdout,
  );
  expect(found.find(({ instance }) => instance === "runs")?.homeBytes).toBeGreaterThanOrEqual(3_000_000);
  expect((await done(["runs", "--status", "--sizes"])).stdout).toMatch(/^pet-runs-home: 3\.0 MB$/m);
  expect((await done(["status", "--json"])).stdout).not.toContain("homeBytes");
  const terminal = me.open(["status", "--sizes"], { cols: 120, rows: 30 });
  expect(await terminal.exit).toMatchObject({ status: 0 });
  expect(terminal.output().toString()).toContain("measuring homes");
  expect(terminal.screen().join("\n")).not.toContain("measuring homes");
});

describe("on a terminal it asks once for each kind", () => {
  test("and no, and Ctrl-C, remove nothing", async () => {
    const before = await there();
    for (const [key, status] of [
      ["enter", 0],
      ["ctrl-c", 130],
    ] as const) {
      const terminal = me.open(["prune"], { cols: 160, rows: 40 });
      await terminal.waitFor(/Remove 2 stopped TTYs\?.*\(y\/N\)/, 60_000);
      expect(terminal.screen().join("\n")).toContain("pet-runs-2");
      if (key === "enter") {
        terminal.key("enter");
        await terminal.waitFor(/Remove 2 leftovers of interrupted work\?.*\(y\/N\)/, 60_000);
      }
      terminal.key(key);
      expect(await terminal.exit).toMatchObject({ status });
    }
    expect(await there()).toEqual(before);
  });

  test("and one that is started, or whose pet is at work, before the answer is left", async () => {
    await done(["runs", "3", "--start"]);
    await done(["runs", "3", "--stop"]);
    const terminal = me.open(["prune"], { cols: 160, rows: 40 });
    await terminal.waitFor(/Remove 3 stopped TTYs\?.*\(y\/N\)/, 60_000);
    await done(["runs", "2", "--start"]);
    const held = ["--name", "pet-idle.lock", ...asLock, "--entrypoint", "sleep", oldImage, "600"];
    await docker(["run", "--detach", "--rm", ...held]);
    terminal.type("y\r");
    await terminal.waitFor("removed pet-runs-3", 60_000);
    expect(terminal.screen().join("\n")).toContain("left pet-idle-1: ann@x has been at work on this");
    expect(terminal.screen().join("\n")).toContain("left pet-runs-2: pet-runs-2 is in use by now");
    await terminal.waitFor(/leftovers of interrupted work\?.*\(y\/N\)/, 60_000);
    terminal.type("y\r");
    expect(await terminal.exit).toMatchObject({ status: 0 });
    expect(terminal.screen().join("\n")).toContain("left pet-idle.mend");
    // Listed now it is known beforehand.
    expect((await done(["prune"])).stdout).toMatch(/^kept +pet-idle-1 .* kept; ann@x is at work on it$/m);
    await docker(["rm", "--force", "pet-idle.lock"]);
    await done(["prune", "--yes"]);
    const { containers, volumes: left } = await there();
    expect(containers).toEqual([
      "pet-kept-1 exited",
      "pet-runs-1 running",
      "pet-runs-2 running",
      "pet-stranger.lock created",
      "stranger created",
    ]);
    expect(left).toEqual(volumes);
  });
});

test("a home and its files outlive every prune, and so does what makes the pet", async () => {
  for (const flags of [[], ["--yes"], ["--yes", "--json"], ["--yes", "--no-input"], ["--yes", "--dry-run"]]) {
    await done(["prune", ...flags]);
    await done(["prune", ...flags], other);
    expect((await there()).volumes).toEqual(volumes);
  }
  expect(await listed()).toEqual([
    "kept pet-kept-1",
    "home pet-alone-home",
    "home pet-idle-home",
    "home zoo-alone-home",
  ]);
  expect((await done(["idle", "--", "cat", "file"])).stdout).toBe("precious\n");
  // On a laptop that never saw it, from what the engine remembers alone.
  recipe(other, "tiny", "");
  await done(["kept", "--start"], other);
  expect(await docker(["inspect", "--format", "{{.HostConfig.PidsLimit}}", "pet-kept-1"])).toBe("321");
});

describe("an image", () => {
  test("that a pet would be made from is kept, by a file here or by what the engine remembers", async () => {
    await done(["idle", "--stop"]);
    await done(["prune", "--yes"]);
    expect((await there()).containers).not.toContain("pet-idle-1 exited");
    await done(["prune", "--yes"], other);
    expect(await images()).toEqual([oldImage, "strangers/own:1"]);
  });

  test("that nobody uses is listed with its size and removed, and others' names are not touched", async () => {
    await docker(["rm", "--force", "pet-stranger.lock"]);
    recipe(me, "tiny", "LABEL changed=1");
    await done(["idle", "--build"]);
    const newImage = (await images()).find((one) => one !== oldImage && one.startsWith("pet/")) ?? "";
    // One more that has lost its name to another.
    await done(["idle", "--build", "--no-cache"]);
    expect(await listed()).toContainEqual(expect.stringMatching(/^image [0-9a-f]{12}$/));
    // The one it had stays while a container was made from it.
    expect(await listed()).not.toContain(`image ${oldImage}`);

    for (const name of ["runs", "kept"]) await done([name, "--destroy", "--keep-home", "--yes"]);
    recipe(other, "tiny", "LABEL changed=1");
    const { stdout } = await done(["prune", "--dry-run"]);
    // Another name keeps it.
    expect(stdout).toMatch(new RegExp(`^image +${oldImage} .* –  +no pet would use it$`, "m"));
    expect(stdout).toMatch(/^image +[0-9a-f]{12} .* \d[\d.]* MB {2,}built anew since$/m);

    // Settings that cannot be read may be of a pet that would use it.
    await done(["broken", "PET_PIDS=100"]);
    const file = readdirSync(me.config).find((one) => one.endsWith("_broken")) ?? "";
    writeFileSync(join(me.config, file), "PET_PIDS=lots\n");
    const careful = await done(["prune", "--dry-run"]);
    expect(careful.stdout).not.toContain(oldImage);
    expect(careful.stderr).toContain(file);
    rmSync(join(me.config, file));

    const { stderr } = await done(["prune", "--yes"]);
    expect(stderr).toContain(`removed ${oldImage}`);
    expect(stderr).toMatch(/^removed [0-9a-f]{12}$/m);
    expect(await images()).toEqual([newImage, "strangers/own:1"]);
    expect(await docker(["images", "--quiet", "--filter", "dangling=true"])).toBe("");
  });
});

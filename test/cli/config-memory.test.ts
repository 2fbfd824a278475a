/** The person wishes, the engine remembers: what of both counts, when, and what is asked. */

import { beforeAll, describe, expect, test } from "vitest";
import { type Outcome, type Person, person } from "../support/cli.ts";
import { inspected, nothing, things } from "./docker.ts";
import { destroyAfterwards } from "./resident.ts";

/** The one who made it, with a file of settings. */
const one = person();
/** Another laptop: nothing is there but the engine. */
const two = person();
const name = "remembered";
const changing = "changing";
destroyAfterwards(one, name, changing);

async function done(me: Person, args: readonly string[]): Promise<Outcome> {
  const outcome = await me.pet(args, { timeoutMs: 300_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome;
}

beforeAll(async () => {
  await done(one, [name, "PET_PREFIX=zoo", "PET_USER=ada", "PET_TIMEZONE=Asia/Kathmandu", "PET_PIDS=321"]);
  await done(one, [name, "PET_ENV=TOKEN=s3cret", "PET_CPUS=0.5"]);
  await done(one, [name, "--", "sh", "-c", "echo here > ~/file"]);
}, 300_000);

describe("without a file, on another laptop,", () => {
  test("a command runs in the pet that is there", async () => {
    expect((await done(two, [name, "--", "sh", "-c", "id -un; cat ~/file; date +%z"])).stdout).toBe(
      "ada\nhere\n+0545\n",
    );
    expect(await things(`pet-${name}-`)).toEqual(nothing);
  });

  test("a terminal goes straight in", async () => {
    const terminal = two.open([name]);
    await terminal.waitFor(`ada@zoo-${name}-1:~$`, 20_000);
    terminal.key("ctrl-\\");
    expect(await terminal.exit).toMatchObject({ status: 0 });
  });

  test("a new TTY is made from what the engine remembers; nothing is asked", async () => {
    const terminal = two.open([name, "2"]);
    await terminal.waitFor(`ada@zoo-${name}-2:~$`, 30_000);
    terminal.type("clear; cat ~/file; date +%z\r");
    await terminal.waitFor("here\n+0545");
    terminal.key("ctrl-\\");
    await terminal.exit;
    const { HostConfig, Config } = await inspected(`zoo-${name}-2`);
    expect(HostConfig).toMatchObject({ PidsLimit: 321, NanoCpus: 500_000_000 });
    // What may be secret is in no label: the other laptop cannot know it.
    expect(JSON.stringify(Config)).not.toContain("s3cret");
  });

  test("made ready without a terminal it shows its status, as JSON where that is wanted", async () => {
    const { stdout } = await done(two, [name, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ instance: name, prefix: "zoo" });
  });

  test("--attach finds it, and the plans of a dry run name it", async () => {
    expect((await done(two, [name, "--attach", "--", "echo", "in"])).stdout).toBe("in\n");
    for (const words of [["--attach"], ["--", "true"], ["--destroy"]]) {
      expect((await done(two, [name, "--dry-run", ...words])).stdout).toContain(`zoo-${name}-1`);
    }
  });

  test("it is stopped, started again and told of", async () => {
    await done(two, [name, "2", "--stop"]);
    expect((await things(`zoo-${name}-`)).containers).toContain(`zoo-${name}-2 exited`);
    expect((await done(two, [name, "--status"])).stdout).toContain(`zoo-${name}-2`);
    await done(two, [name, "--start", "--all"]);
    expect((await things(`zoo-${name}-`)).containers).toContain(`zoo-${name}-2 running`);
  });

  test("it is destroyed by one who types its name, never by a yes given beforehand", async () => {
    const before = await things(`zoo-${name}-`);
    for (const words of [
      ["--destroy", "--yes"],
      ["--destroy", "--keep-home", "--yes"],
    ]) {
      const outcome = await two.pet([name, ...words]);
      expect(outcome).toMatchObject({ status: 2, stderr: expect.stringContaining("OTHER_PREFIX") });
      expect(outcome.stderr).toContain(`pet ${name} PET_PREFIX=zoo`);
    }
    expect(await things(`zoo-${name}-`)).toEqual(before);
    const terminal = two.open([name, "--destroy", "--keep-home"]);
    await terminal.waitFor("Type its name");
    expect(terminal.screen().join("\n")).toContain(`remove zoo-${name}-1`);
    terminal.type(`${name}\r`);
    expect(await terminal.exit).toMatchObject({ status: 0 });
    expect(await things(`zoo-${name}-`)).toEqual({ containers: [], volumes: [`zoo-${name}-home`] });
  });

  test("a home alone is remembered as well", async () => {
    expect((await done(two, [name, "--", "sh", "-c", "id -un; cat ~/file"])).stdout).toBe("ada\nhere\n");
    expect((await things(`zoo-${name}-`)).containers).toEqual([`zoo-${name}-1 running`]);
  });

  test("--config prints what counts, and its first file begins with that", async () => {
    expect((await done(two, [name, "PET_USER"])).stdout).toBe("ada\n");
    await done(two, [name, "PET_CPUS=0.75"]);
    expect((await done(two, [name, "PET_USER", "PET_PREFIX", "PET_CPUS", "PET_PIDS"])).stdout).toBe(
      "PET_USER=ada\nPET_PREFIX=zoo\nPET_CPUS=0.75\nPET_PIDS=321\n",
    );
    await done(two, [name, "--clean"]);
  });
});

describe("a changed wish", () => {
  test("says when it will apply, on every way in, and then applies", async () => {
    await done(one, [changing, "--", "sh", "-c", "echo kept > ~/file"]);
    const how = `pet ${changing} --recreate`;
    const { stderr } = await done(one, [changing, "PET_PIDS=222"]);
    expect(stderr).toContain(`waits for pet-${changing}-1: PET_PIDS: 4096 → 222\nto apply: ${how}\n`);
    expect((await done(one, [changing, "--status"])).stdout).toContain("running, outdated: pids");
    const terminal = one.open([changing], { cols: 200, rows: 24 });
    await terminal.waitFor("$");
    terminal.key("ctrl-\\");
    await terminal.exit;
    expect(terminal.output().toString()).toContain(how);
    expect((await inspected(`pet-${changing}-1`)).HostConfig.PidsLimit).toBe(4096);

    await done(one, [changing, "--recreate"]);
    expect((await done(one, [changing, "--", "cat", "file"])).stdout).toBe("kept\n");
    expect((await inspected(`pet-${changing}-1`)).HostConfig.PidsLimit).toBe(222);
    expect((await done(one, [changing, "--status"])).stdout).not.toContain("outdated");
  });

  test("of a secret is noticed as well, and told to nobody", async () => {
    const { stderr } = await done(one, [changing, "PET_ENV=TOKEN=hunter2"]);
    expect(stderr).toContain(`pet-${changing}-1: PET_ENV`);
    expect((await done(one, [changing, "--status"])).stdout).toContain("outdated: env ");
    expect(stderr).not.toContain("hunter2");
    await done(one, [changing, "PET_ENV="]);
    expect((await done(one, [changing, "--status"])).stdout).not.toContain("outdated");
  });

  test("of the prefix is another pet, made by the verbs that follow under its own name", async () => {
    const { stderr } = await done(one, [changing, "PET_PREFIX=yak", "--start"]);
    expect(stderr).not.toContain("--recreate");
    expect((await things(`yak-${changing}-`)).containers).toEqual([`yak-${changing}-1 running`]);
    await done(one, [changing, "--destroy", "--yes"]);
    await done(one, [changing, "PET_PREFIX="]);
    expect((await done(one, [changing, "--", "cat", "file"])).stdout).toBe("kept\n");
  });

  test("of this laptop's alone waits for nothing", async () => {
    const { stderr } = await done(one, [changing, "PET_DETACH_KEYS=ctrl-q"]);
    expect(stderr).not.toContain("--recreate");
  });
});

describe("a name one slip from a word of pet's own", () => {
  test.each([
    ["a command", ["stauts"], "pet status"],
    ["a command with its word", ["completoin", "bash"], "pet completion"],
    ["a verb", [changing, "strat"], `pet ${changing} --start`],
  ])("is taken for it: %s", async (_, words, meant) => {
    const outcome = await one.pet(words);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("UNKNOWN_COMMAND");
    expect(outcome.stderr).toContain(meant);
    expect(await things("pet-stauts-")).toEqual(nothing);
    expect((await things(`pet-${changing}-`)).containers).toEqual([`pet-${changing}-1 running`]);
  });

  test("is asked about in a terminal, and made where that is meant", async () => {
    const terminal = one.open(["stauts"], { cols: 120, rows: 24 });
    await terminal.waitFor("pet status");
    terminal.type("\r");
    expect(await terminal.exit).toMatchObject({ status: 2 });
    await done(one, ["stauts", "--start", "--yes"]);
    expect((await things("pet-stauts-")).containers).toEqual(["pet-stauts-1 running"]);
    await done(one, ["stauts", "--destroy", "--yes"]);
  });
});

describe("a name one slip from a pet that exists", () => {
  const slip = "chanigng";
  destroyAfterwards(one, slip);

  test("is asked about in a terminal; no makes nothing", async () => {
    const terminal = two.open([slip], { cols: 120, rows: 24 });
    await terminal.waitFor(`“${changing}”`, 20_000);
    terminal.type("n\r");
    expect(await terminal.exit).toMatchObject({ status: 1 });
    expect(terminal.screen().join("\n")).toContain("NOT_MADE");
    expect(await things(slip)).toEqual(nothing);
  });

  test("yes makes it", async () => {
    const terminal = one.open([slip], { cols: 120, rows: 24 });
    await terminal.waitFor(`“${changing}”`, 20_000);
    terminal.type("y\r");
    await terminal.waitFor(`developer@pet-${slip}-1`, 30_000);
    terminal.key("ctrl-\\");
    await terminal.exit;
    expect((await things(slip)).containers).toEqual([`pet-${slip}-1 running`]);
    await done(one, [slip, "--destroy", "--yes"]);
  });

  test.each([
    ["with --no-input", ["--no-input"]],
    ["with --yes", ["--yes"]],
  ])("%s it is made and nothing is asked", async (_, flags) => {
    const terminal = one.open([slip, ...flags, "--start"], { cols: 120, rows: 24 });
    expect(await terminal.exit).toMatchObject({ status: 0 });
    expect(terminal.screen().join("\n")).not.toContain("Make a new one?");
    await done(one, [slip, "--destroy", "--yes"]);
  });

  test("without a terminal it is made", async () => {
    expect((await done(one, [slip, "--", "echo", "in"])).stdout).toBe("in\n");
  });
});

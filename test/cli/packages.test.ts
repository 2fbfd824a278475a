/** `add` and `drop`, with real apt and real packages: built first, written then, and every TTY made anew. */

import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../support/cli.ts";
import { docker, inspected, nothing, things } from "./docker.ts";
import { proxy } from "./proxy.ts";
import { stocked, stockedAway, stockedBroken, stockedUnmarked } from "./repository.ts";
import { destroyAfterwards, resident } from "./resident.ts";
import { wishesOf } from "./wishes.ts";

const me = resident();
/** Another laptop. */
const two = resident();
const name = "larder";
const plain = "pantry";
destroyAfterwards(me, name, plain);

async function run(...words: readonly string[]): Promise<Outcome> {
  return await me.pet(words, { timeoutMs: 100_000 });
}

async function done(...words: readonly string[]): Promise<Outcome> {
  const outcome = await run(...words);
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome;
}

/** What a program in the pet prints. */
async function said(...argv: readonly string[]): Promise<string> {
  return (await done(name, "--", ...argv)).stdout;
}

const text = (person = me) => readFileSync(wishesOf(person, name), "utf8");

/** All that a failure leaves as it was. */
async function state(): Promise<unknown> {
  const { containers, volumes } = await things(`pet-${name}-`);
  const { Id } = await inspected(`pet-${name}-1`);
  return { containers, volumes, Id, text: text() };
}

async function layers(): Promise<readonly string[]> {
  return (await inspected((await inspected(`pet-${name}-1`)).Image)).RootFS.Layers;
}

beforeAll(async () => {
  stocked(me);
  stocked(two);
  await done(name, "PET_TERMINAL=stocked");
});

test("where there is no pet yet, the image is built and waits for it", async () => {
  const { stderr } = await done("add", name, "alpha");
  expect(stderr).toContain("Step 1/");
  expect(stderr).toContain(`go there with: pet ${name}`);
  expect(text()).toMatch(/^PET_PACKAGES=alpha$/m);
  expect(await things(`pet-${name}-`)).toEqual(nothing);
  expect((await done(name, "--start")).stderr).not.toContain("Step 1/");
  await done(name, "2", "--start");
  await done(name, "2", "--stop");
});

test("one more is one layer more, and every TTY is made anew over the same home", async () => {
  await said("sh", "-c", "echo kept > ~/file");
  const [stamp, before, was] = [await said("alpha"), await layers(), await inspected(`pet-${name}-1`)];
  await done(name, "add", "beta");
  expect(text()).toMatch(/^PET_PACKAGES='alpha beta'$/m);
  expect((await things(`pet-${name}-`)).containers).toEqual([
    `pet-${name}-1 running`,
    `pet-${name}-2 exited`,
  ]);
  expect((await inspected(`pet-${name}-1`)).Id).not.toBe(was.Id);
  // Not installed again, with all that lies below; the last two layers are pet's own programs.
  expect(await said("alpha")).toBe(stamp);
  expect((await layers()).slice(0, -4)).toEqual(before.slice(0, -2));
  expect(await said("beta")).not.toBe("");
  expect((await done(name, "2", "--", "sh", "-c", "beta && cat file")).stdout).toContain("kept\n");
  expect((await done(name, "--status")).stdout).not.toContain("outdated");
});

test("what is there already is said, and nothing is done", async () => {
  const before = await state();
  const { stderr } = await done("add", name, "beta", "alpha");
  expect(stderr).toMatch(/^beta is among .* already\nalpha is among .* already\n$/);
  expect((await done(name, "drop", "alpah")).stderr).toContain("did you mean alpha?");
  expect(await state()).toEqual(before);
});

test("a name one slip from a pet that exists is asked about in a terminal", async () => {
  const terminal = me.open(["add", "lardre", "alpha"], { cols: 120, rows: 24 });
  await terminal.waitFor(`“${name}”`, 30_000);
  terminal.type("n\r");
  expect(await terminal.exit).toMatchObject({ status: 1 });
  expect(readdirSync(me.config).filter((file) => file.endsWith("_lardre"))).toEqual([]);
});

describe("leaves everything as it was", () => {
  async function unchangedBy(act: () => Promise<void>): Promise<void> {
    const before = await state();
    await act();
    expect(await state()).toEqual(before);
  }

  test("where a package does not exist, which is named with the nearest", async () => {
    await unchangedBy(async () => {
      // `beta.` is a pattern to apt, and `greek` a name that two packages can stand for.
      const outcome = await run(name, "add", "alphabt", "gamma", "greek", "beta.", "zzqqzz");
      expect(outcome).toMatchObject({ status: 1, stdout: "" });
      expect(outcome.stderr).toMatch(/UNKNOWN_PACKAGE/);
      expect(outcome.stderr).toContain("“alphabt”, “beta.”, “greek”, “zzqqzz”");
      expect(outcome.stderr).toContain("alphabt: alphabet");
      expect(outcome.stderr).toContain("greek: beta, gamma");
      expect(outcome.stderr).toContain(`pet ${name} -- apt search`);
    });
  });

  test("where a package cannot be installed, whose last words are shown", async () => {
    await unchangedBy(async () => {
      const outcome = await run(name, "add", "failing");
      expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining("BUILD_FAILED") });
      expect(outcome.stderr).toContain("| the reason\n");
    });
  });

  test.each([
    ["the recipe breaks since it was changed", stockedBroken, "broken since"],
    ["no list of packages can be had, which tells nothing of any package", stockedAway, "is not known"],
  ])("where %s", async (_, change, words) => {
    await unchangedBy(async () => {
      change(me);
      const outcome = await run(name, "add", "alphabet").finally(() => stocked(me));
      expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining("BUILD_FAILED") });
      expect(outcome.stderr).toContain(words);
    });
  });

  test("at Ctrl-C while the image is built", async () => {
    await unchangedBy(async () => {
      const terminal = me.open([name, "add", "endless"], { cols: 120, rows: 24 });
      await terminal.waitFor("endless has begun", 60_000);
      terminal.key("ctrl-c");
      await terminal.exit;
      expect(terminal.screen().join("\n")).toContain("INTERRUPTED");
    });
  });

  test.each([["Vim"], ["vim=1"], ["vim:amd64"], ["vim/sid"], ["v"], ["$(id)"], ["-y"]])(
    "at “%s”, which is no package's name, before the engine is asked",
    async (word) => {
      const outcome = await me.pet(["add", name, "--", "alphabet", word], {
        env: { DOCKER_HOST: "unix:///nowhere.sock" },
      });
      expect(outcome).toMatchObject({ status: 2, stderr: expect.stringContaining("BAD_PACKAGE") });
      expect(outcome.stderr).toContain(`“${word}”`);
    },
  );

  test("where it is a dry run, which tells file, image and TTYs", async () => {
    await unchangedBy(async () => {
      const { stdout } = await done(name, "drop", "alpha", "--dry-run");
      expect(stdout).toContain(`write ${wishesOf(me, name)}: PET_PACKAGES=beta\n`);
      expect(stdout).toMatch(/^build image pet\/stocked:/m);
      expect(stdout).toContain(`pet-${name}-1`);
      expect(stdout).toContain(`pet-${name}-2`);
    });
  });
});

test("what was cut short once the file was written is completed by the next", async () => {
  // One TTY will do from here on.
  await docker(["rm", "--force", `pet-${name}-2`]);
  await done(name, "PET_PACKAGES=alpha beta gamma");
  const { stderr } = await done(name, "add", "gamma");
  expect(stderr).toContain("already");
  expect(await said("gamma")).not.toBe("");
});

test("drop takes out what was added; what lies below stays in its layer", async () => {
  const stamp = await said("alpha");
  await done(name, "drop", "beta");
  expect(text()).toMatch(/^PET_PACKAGES='alpha gamma'$/m);
  expect(await said("sh", "-c", "command -v beta || echo gone")).toBe("gone\n");
  expect(await said("alpha")).toBe(stamp);
  expect(await said("gamma")).not.toBe("");
});

test("two laptops that add at once have both in the end", async () => {
  const outcomes = await Promise.all([
    me.pet([name, "add", "delta"], { timeoutMs: 100_000 }),
    two.pet([name, "add", "alphabet"], { timeoutMs: 100_000 }),
  ]);
  for (const outcome of outcomes) expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  expect(await said("sh", "-c", "alpha && gamma && delta && alphabet | wc -l")).toContain("1\n");
  // The other one's first file begins with what the engine remembers.
  expect(text(two)).toMatch(/^PET_TERMINAL=stocked$/m);
  expect(text(two)).toMatch(/^PET_PACKAGES='alpha .*gamma alphabet'$/m);
});

test("what is written into the file while the image is built counts as well", async () => {
  const line = await proxy();
  const host = { env: { DOCKER_HOST: line.host }, timeoutMs: 100_000 };
  expect((await me.pet(["attic", "PET_TERMINAL=stocked"], host)).status).toBe(0);
  let told = false;
  line.watch({
    onRequest(request) {
      if (request.startsWith("POST /build") && !told) {
        told = true;
        appendFileSync(wishesOf(me, "attic"), "PET_PIDS=99\nPET_PACKAGES=gamma # mine\n");
      }
      return "go on";
    },
  });
  const outcome = await me.pet(["attic", "add", "delta"], host);
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  expect(readFileSync(wishesOf(me, "attic"), "utf8")).toContain(
    "PET_PIDS=99\nPET_PACKAGES='gamma delta' # mine\n",
  );
  expect((await me.pet(["attic", "--build"], host)).stderr).toContain("nothing changed");
});

test("a laptop that has not the pet's secrets does not lose them to it", async () => {
  await done(name, "PET_ENV=TOKEN=s3cret");
  await done(name, "--recreate", "--all");
  const third = resident();
  stocked(third);
  const outcome = await third.pet([name, "add", "beta"]);
  expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining("SECRETS_ELSEWHERE") });
  expect(readdirSync(third.config)).toEqual(["terminals"]);
  expect(await said("printenv", "TOKEN")).toBe("s3cret\n");
});

test("a recipe that marks no lines has its packages as well, one of them by what it stands for", async () => {
  stockedUnmarked(me);
  await done(plain, "PET_TERMINAL=stocked");
  await done(plain, "add", "alpha", "fourth");
  expect((await done(plain, "--", "sh", "-c", "alpha && delta")).stdout).not.toBe("");
});

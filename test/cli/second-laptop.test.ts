/**
 * A second laptop: another home, another person's name, another locale, time zone and proxy, none of the files and not even
 * the recipe. The pet is there all the same, as it is, through every verb; nothing is asked and nothing is made anew.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Outcome, Person } from "../support/cli.ts";
import type { Terminal } from "../support/pty.ts";
import { detach } from "./consoles.ts";
import { inspected, nothing, things } from "./docker.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const name = "shared";
const sealed = "sealed";
const firstName = "Ada Lovelace";

/** As much of a laptop as pet looks at. */
const one = resident({ USER: "ada", LOGNAME: "ada", LANG: "en_GB.UTF-8", TZ: "Asia/Kathmandu" });
const two = resident({
  USER: "bob",
  LOGNAME: "bob",
  LANG: "de_DE.UTF-8",
  LC_ALL: "de_DE.UTF-8",
  TZ: "America/New_York",
  https_proxy: "http://proxy.example.org:3128",
  PET_CONFIG_HOME: undefined,
});
destroyAfterwards(one, name, sealed);
recipe(one, "tiny", "");
writeFileSync(join(one.home, ".gitconfig"), `[user]\n\tname = ${firstName}\n`);
writeFileSync(join(two.home, ".gitconfig"), "[user]\n\tname = Bob\n\temail = bob@example.org\n");

async function done(me: Person, words: readonly string[]): Promise<Outcome> {
  const outcome = await me.pet(words, { timeoutMs: 120_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome;
}

const files = () => readdirSync(two.config);
const containers = async () => (await things(`pet-${name}-`)).containers;
const idOf = async (tty: string): Promise<string> => (await inspected(`pet-${name}-${tty}`)).Id;

/** All that was on the screen on the way in. */
async function wentIn(terminal: Terminal, tty: string): Promise<string> {
  await terminal.waitFor(`@pet-${name}-${tty}:~$`, 60_000);
  return terminal.screen().join("\n");
}

let first: string;

beforeAll(async () => {
  await done(one, [name, tiny, "PET_USER=lovelace", "PET_PIDS=321", "PET_CPUS=0.5"]);
  await done(one, [name, "--", "sh", "-c", "echo here > ~/file"]);
  first = await idOf("1");
}, 300_000);

test("pet foo goes straight in, and says nothing of changes", async () => {
  const terminal = two.open([name], { cols: 120, rows: 24 });
  const seen = await wentIn(terminal, "1");
  expect(seen).not.toMatch(/\?|settings|outdated|--recreate|--destroy/);
  terminal.type("clear; cat ~/file; echo $LANG $HOME; date +%z; git config user.name\r");
  await terminal.waitFor("here\nen_GB.UTF-8 /home/lovelace\n+0545", 60_000);
  await detach(terminal);
  expect(files()).toEqual([]);
  expect(await idOf("1")).toBe(first);
});

test("what it left on the screen the first laptop comes back to", async () => {
  const terminal = one.open([name], { cols: 120, rows: 24 });
  await terminal.waitFor("en_GB.UTF-8 /home/lovelace", 60_000);
  await detach(terminal);
});

test("--status finds it up to date, and who is there by name", async () => {
  const { stdout } = await done(two, [name, "--status"]);
  expect(stdout).toMatch(new RegExp(`pet-${name}-1 +running  `));
  expect(stdout).not.toMatch(/changed|outdated/);
  expect((await done(two, ["ls"])).stdout).toMatch(new RegExp(`^${name} +1 +running`, "m"));
});

test("pet foo 2 is made from what the engine remembers, of the same image, without its recipe", async () => {
  const terminal = two.open([name, "2"], { cols: 120, rows: 24 });
  expect(await wentIn(terminal, "2")).not.toMatch(/\(Y\/n\)|\(y\/N\)|building/);
  terminal.type("clear; cat ~/file; echo $LANG $HOME; date +%z\r");
  await terminal.waitFor("here\nen_GB.UTF-8 /home/lovelace\n+0545", 60_000);
  await detach(terminal);
  const [a, b] = [await inspected(`pet-${name}-1`), await inspected(`pet-${name}-2`)];
  expect(b.Image).toBe(a.Image);
  expect(b.HostConfig).toMatchObject({ PidsLimit: 321, NanoCpus: 500_000_000 });
  expect(b.Config.Env).toContain(`PET_GIT_NAME=${firstName}`);
  expect(files()).toEqual([]);
  // To the first laptop it is as any other of its own.
  expect((await done(one, [name, "--status"])).stdout).not.toMatch(/changed|outdated/);
});

test("--stop, --start and --restart keep the containers, and --logs tells of them", async () => {
  const both = [first, await idOf("2")];
  await done(two, [name, "--stop", "--all"]);
  expect(await containers()).toEqual([`pet-${name}-1 exited`, `pet-${name}-2 exited`]);
  expect((await done(two, [name, "--logs"])).stdout).toMatch(/ stop {2}signal=TERM\n$/);
  await done(two, [name, "--start"]);
  expect(await containers()).toEqual([`pet-${name}-1 running`, `pet-${name}-2 exited`]);
  await done(two, [name, "2", "--start"]);
  await done(two, [name, "2", "--restart"]);
  expect([await idOf("1"), await idOf("2")]).toEqual(both);
  expect((await done(two, [name, "2", "--", "cat", "file"])).stdout).toBe("here\n");
});

describe("--config", () => {
  const written = () => readFileSync(join(two.config, files()[0] ?? ""), "utf8");

  test("prints what the engine remembers, and plans nothing else", async () => {
    const keys = ["PET_USER", "PET_PIDS", "PET_GIT_NAME", "PET_GIT_EMAIL", "PET_LOCALE", "PET_TIMEZONE"];
    expect((await done(two, [name, ...keys])).stdout).toBe(
      `PET_USER=lovelace\nPET_PIDS=321\nPET_GIT_NAME=${firstName}\nPET_GIT_EMAIL=\nPET_LOCALE=en_GB.UTF-8\nPET_TIMEZONE=Asia/Kathmandu\n`,
    );
    expect((await done(two, [name, "--start", "--dry-run"])).stdout).toBe("");
    expect(files()).toEqual([]);
  });

  test("proposes what the engine remembers, and Enter after Enter writes that down", async () => {
    const terminal = two.open([name, "--config"], { cols: 120, rows: 40 });
    for (const [question, proposal] of [
      ["Image recipe", "tiny"],
      ["Debian packages", ""],
      ["Your name", firstName],
      ["Your e-mail", ""],
      ["CPUs", "0.5"],
      ["Memory", "0"],
      ["Directories", ""],
      ["Environment", ""],
    ] as const) {
      await terminal.waitFor(
        ({ screen }) => new RegExp(`^\\? ${question}.*${proposal}`, "m").test(screen().join("\n")),
        60_000,
      );
      terminal.key("enter");
    }
    expect(await terminal.exit, terminal.screen().join("\n")).toMatchObject({ status: 0 });
    expect(terminal.screen().join("\n")).not.toMatch(/changed|--recreate|--destroy/);
    expect(files()).toHaveLength(1);
    const text = written();
    for (const line of [
      "PET_TERMINAL=tiny",
      "PET_USER=lovelace",
      "PET_PIDS=321",
      "PET_LOCALE=en_GB.UTF-8",
      "PET_GIT_EMAIL=",
    ])
      expect(text.split("\n")).toContain(line);
    expect((await done(two, [name, "--status"])).stdout).not.toMatch(/changed|outdated/);
  });

  test("with a key says that it waits; taken back, the pet is up to date again", async () => {
    expect((await done(two, [name, "PET_PIDS=400"])).stderr).toMatch(/waits|changed/);
    expect((await done(two, [name, "PET_PIDS=321"])).stderr).not.toMatch(/waits|changed/);
    await done(two, [name, "--clean"]);
    expect(files()).toEqual([]);
  });
});

test("what may be secret is on the first laptop alone, and that is said where it is missing", async () => {
  await done(one, [sealed, tiny, "PET_ENV=TOKEN=s3cret"]);
  await done(one, [sealed, "--start"]);
  const how = `pet ${sealed} --config PET_ENV=…`;
  const made = await done(two, [sealed, "2", "--start"]);
  expect(made.stderr).toContain(`pet-${sealed}-2 is made without PET_ENV`);
  expect(made.stderr).toContain(how);
  expect((await done(two, [sealed, "PET_CPUS=1"])).stderr).toContain(how);
  await done(two, [sealed, "--clean"]);
  // Given in the same breath it is not missed, and what was made with it is up to date.
  const { stderr } = await done(two, [sealed, "PET_ENV=TOKEN=s3cret"]);
  expect(stderr).not.toContain(how);
  expect(stderr).not.toContain(`pet-${sealed}-1:`);
  expect(made.stderr + stderr).not.toContain("s3cret");
  await done(two, [sealed, "--clean"]);
});

test("--destroy removes it for both, once its name is typed", async () => {
  const terminal = two.open([name, "--destroy"], { cols: 120, rows: 24 });
  await terminal.waitFor("Type its name", 60_000);
  terminal.type(`${name}\r`);
  expect(await terminal.exit, terminal.screen().join("\n")).toMatchObject({ status: 0 });
  expect(await things(`pet-${name}-`)).toEqual(nothing);
  expect(await one.pet([name, "--status"])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("NO_PET"),
  });
});

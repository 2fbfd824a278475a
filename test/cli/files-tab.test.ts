/** Tab after `put` and `get`: paths of the pet from a short look, and files of this machine. A real bash, a real pet. */

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { homeWithPets, interactive } from "../completion/shell.ts";
import { petCommand } from "../support/cli.ts";
import type { Terminal } from "../support/pty.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
// The one that `interactive` makes an alias for; a prefix of its own keeps it apart from other tests' pets.
const name = "foo";
destroyAfterwards(me, name);
recipe(me, "tiny", "");

beforeAll(async () => {
  for (const words of [[tiny, "PET_PREFIX=tab"], ["--start"]]) {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
  const script =
    "mkdir -p src/deep 'a dir' && touch src/main.c src/deep/er 'a dir/in it' notes.txt .hidden 'evil$(touch ~)`x`' $'new\\nline'";
  const made = await me.pet([name, "--", "bash", "-c", script]);
  expect(made).toMatchObject({ status: 0, stderr: "" });
}, 300_000);

/** A home with pet itself on the PATH, in a bash that has the alias foo. */
async function shell(host = me.env.DOCKER_HOST): Promise<Terminal> {
  const home = homeWithPets();
  rmSync(join(home, "bin/pet"));
  symlinkSync(petCommand, join(home, "bin/pet"));
  mkdirSync(join(home, "work/local-place"));
  writeFileSync(join(home, "work/local-file"), "");
  return await interactive(home, `export DOCKER_HOST=${host} PET_CONFIG_HOME=${me.config}`);
}

/**
 * What the screen comes to once all of it was worked on: the mark that is typed after it is there. Where nothing of it is as
 * wanted it is typed again: a look is given up after a second, which a busy machine may need for less.
 */
async function expectAfter(
  terminal: Terminal,
  typed: string,
  wanted: (rows: readonly string[]) => boolean,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    terminal.type(`${typed}${mark}`);
    await terminal.waitFor((each) => each.screen().some((row) => row.trimEnd().endsWith(mark)), 60_000);
    const rows = terminal.screen().map((row) => row.trimEnd());
    if (wanted(rows)) return;
    if (attempt === 30) throw new Error(`not as wanted after ${JSON.stringify(typed)}:\n${rows.join("\n")}`);
    // Away with the line, and with the screen.
    terminal.type("\x15\x0c");
    await terminal.waitFor((each) => each.screen().join("").trim() === "$", 60_000);
  }
}

const mark = "%%";

describe("Tab completes", () => {
  test.each([
    ["foo get no", "foo get notes.txt "],
    ["foo get src/m", "foo get src/main.c "],
    ["foo get src/de", "foo get src/deep/"],
    ["pet get foo /etc/hostn", "pet get foo /etc/hostname "],
    ["foo get a", "foo get a\\ dir/"],
    ["foo get ev", "foo get evil\\$\\(touch\\ ~\\)\\`x\\` "],
    ["foo get ~/no", "foo get \\~/notes.txt "],
    ["foo get .hid", "foo get .hidden "],
    ["foo get notes.txt local-p", "foo get notes.txt local-place/"],
    ["foo put local-f", "foo put local-file "],
    ["foo put local-file sr", "foo put local-file src/"],
    ["foo put -- local-f", "foo put -- local-file "],
  ])("%s", async (typed, line) => {
    await expectAfter(await shell(), `${typed}\t`, (rows) => rows.includes(`$ ${line}${mark}`));
  });
});

test("Tab twice lists what there is, hidden files and names of two lines apart", async () => {
  const terminal = await shell();
  const all = ["a\\ dir/", "notes.txt", "src/"];
  await expectAfter(terminal, "foo get \t\t", (rows) => all.every((each) => rows.join(" ").includes(each)));
  expect(terminal.screen().join("\n")).not.toMatch(/hidden|line|profile/);
});

test("an engine that does not answer, one that is not there, and a pet that does not run: one types on", async () => {
  const silent = await proxy();
  silent.watch({ onRequest: () => "hold" });
  const typesOn = (rows: readonly string[]) => rows.includes(`$ foo get nomore${mark}`);
  await expectAfter(await shell(silent.host), "foo get no\tmore", typesOn);
  expect(silent.requests().length).toBeGreaterThan(0);
  await expectAfter(await shell("unix:///nowhere.sock"), "foo get no\tmore", typesOn);
  expect((await me.pet([name, "--stop"])).status).toBe(0);
  await expectAfter(await shell(), "foo get no\tmore", typesOn);
  expect((await me.pet([name, "--status"])).stdout).toContain("exited");
});

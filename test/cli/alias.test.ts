/** A pet's name as a word of the shell: installed, completed, used and taken away again, in a bash in a terminal. */

import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { petCommand, runToEnd } from "../support/cli.ts";
import { open, type Terminal } from "../support/pty.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const name = "worded";
const other = "worded-too";
const me = resident();
destroyAfterwards(me, name);
recipe(me, "tiny", "");

/** On the PATH as an installed command is. */
const bin = join(me.home, "bin");
mkdirSync(bin);
symlinkSync(petCommand, join(bin, "pet"));

const startUp = join(me.home, ".bashrc");
const setUp = "PS1='$ '\nbind 'set enable-bracketed-paste off'\n";
/** With bytes that are no text, and lines after which the block is to come. */
const own = Buffer.from(`# caf\xe9 \xff\xfe\r\n${setUp}alias ll='ls -l'\n\n`, "latin1");

beforeAll(async () => {
  const outcome = await me.pet([name, tiny]);
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
});

beforeEach(() => {
  writeFileSync(startUp, own);
  chmodSync(startUp, 0o640);
});

/** A new interactive bash, which reads the start-up file. */
async function newShell(): Promise<Terminal> {
  const env = { ...me.env, PATH: `${bin}:/usr/bin:/bin`, INPUTRC: "/dev/null", HISTFILE: undefined };
  const shell = open("bash", ["-i"], { env, cwd: me.home, cols: 120, rows: 30 });
  await shell.waitFor(/^\$ *$/m);
  return shell;
}

/** What a line comes to: all that stands below it once its exit status is told. */
async function answer(shell: Terminal, line: string): Promise<string> {
  shell.type("clear\r");
  await shell.waitFor(/^\$ *\n+$/);
  shell.type(`${line}; echo "<$?>"\r`);
  await shell.waitFor(/^<\d+>$/m, 60_000);
  return shell
    .screen()
    .slice(1)
    .join("\n")
    .replace(/>\n[\s\S]*$/, ">");
}

describe("pet alias --install", () => {
  test("makes it a command of every new shell, with completion, and --uninstall leaves no trace", async () => {
    const installed = await me.pet(["alias", "--install", name]);
    expect(installed.status, installed.stderr).toBe(0);
    expect(installed.stdout).toContain(startUp);
    expect(installed.stdout).toContain(
      `+ if command -v pet >/dev/null; then eval "$(pet alias ${name})"; fi`,
    );
    expect(readFileSync(startUp).subarray(0, own.length)).toEqual(own);
    expect(statSync(startUp).mode & 0o777).toBe(0o640);

    const shell = await newShell();
    expect(await answer(shell, `${name} -- sh -c 'echo in; exit 3'`)).toMatch(/^in\n<3>$/m);
    shell.type(`clear\r`);
    await shell.waitFor(/^\$ *\n+$/);
    shell.type(`${name} --sta\t\t`);
    await shell.waitFor(/--start +--status/);
    shell.type("tu\t");
    await shell.waitFor(new RegExp(`^\\$ ${name} --status +$`, "m"));
    shell.type("\r");
    await shell.waitFor(new RegExp(`^1 +pet-${name}-1 +running`, "m"));
    expect(await answer(shell, `${name} 2 --statsu`)).toMatch(/Did you mean --status\?[\s\S]*<2>/);
    shell.type(`clear; ${name}\r`);
    await shell.waitFor(`@pet-${name}-1:`);
    shell.key("ctrl-\\");
    await shell.waitFor(new RegExp(`come back with: ${name}$`, "m"));
    shell.type("exit\r");
    await shell.exit;

    const removed = await me.pet(["alias", "--uninstall", name]);
    expect(removed.status, removed.stderr).toBe(0);
    expect(removed.stdout).toContain(`- if command -v pet >/dev/null; then eval "$(pet alias ${name})"; fi`);
    expect(readFileSync(startUp)).toEqual(own);
    expect(statSync(startUp).mode & 0o777).toBe(0o640);
    expect(await answer(await newShell(), name)).toMatch(/command not found\n<127>$/);
  });

  test("shows what it would change, and changes nothing, with --dry-run", async () => {
    const { stdout } = await me.pet(["alias", "--install", name, "--dry-run"]);
    expect(stdout).toContain(`pet alias ${name}`);
    expect(readFileSync(startUp)).toEqual(own);
  });

  test("refuses a block that is not as pet wrote it, and touches nothing", async () => {
    const damaged = `${setUp}# >>> pet aliases >>>\nalias ll='ls -l'\n`;
    writeFileSync(startUp, damaged);
    for (const change of ["--install", "--uninstall"]) {
      const outcome = await me.pet(["alias", change, name]);
      expect(outcome).toMatchObject({ status: 1, stdout: "" });
      expect(outcome.stderr).toContain("ALIAS_BLOCK_DAMAGED");
      expect(readFileSync(startUp, "utf8")).toBe(damaged);
    }
  });
});

test('eval "$(pet alias foo baz)" in a start-up file makes both, each its own pet', async () => {
  writeFileSync(startUp, `${setUp}eval "$(pet alias ${name} ${other})"\n`);
  const shell = await newShell();
  expect(await answer(shell, `${name} -- echo in`)).toMatch(/^in\n<0>$/m);
  expect(await answer(shell, `${other} --status`)).toMatch(
    new RegExp(`${other}[\\s\\S]*NO_PET[\\s\\S]*<1>$`),
  );
  for (const word of [name, other]) {
    shell.type(`clear\r`);
    await shell.waitFor(/^\$ *\n+$/);
    shell.type(`${word} --dest\t`);
    await shell.waitFor(new RegExp(`^\\$ ${word} --destroy +\\n`));
    shell.key("ctrl-u");
  }
});

test("pet completion bash prints the script that comes with it, and a shell can take it in", async () => {
  const script = readFileSync(new URL("../../completions/pet.bash", import.meta.url), "utf8");
  expect(await me.pet(["completion", "bash"])).toMatchObject({ status: 0, stdout: script, stderr: "" });
  writeFileSync(startUp, `${setUp}source <(pet completion bash)\n`);
  const shell = await newShell();
  shell.type("pet comple\t");
  await shell.waitFor(/^\$ pet completion +\n/);
  shell.type("b\t");
  await shell.waitFor(/^\$ pet completion bash +\n/);
});

test("what an alias prints is code that bash takes without a word, with nothing of pet's on the PATH", async () => {
  const { stdout } = await me.pet(["alias", name]);
  const bash = ["--norc", "--noprofile", "-euc", `${stdout}\ntype -t ${name} _pet _pet_alias`] as const;
  expect(await runToEnd("bash", bash, { env: { PATH: "/usr/bin:/bin" } })).toMatchObject({
    status: 0,
    stdout: "function\nfunction\nfunction\n",
    stderr: "",
  });
});

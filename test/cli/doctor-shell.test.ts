/** pet doctor before shells and terminals that are really not as they should be. */

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { label } from "../../src/pet/labels.ts";
import { type Person, person, petCommand, runToEnd } from "../support/cli.ts";
import { findingsIn, of, row } from "../support/findings.ts";
import { open, type TerminalOptions } from "../support/pty.ts";
import { afterwards } from "../support/temporary.ts";
import { docker } from "./docker.ts";

/** So that no engine is asked for. */
const nowhere = { DOCKER_HOST: undefined, DOCKER_CONTEXT: "no-such" };
const bash = { SHELL: "/bin/bash", PATH: "/usr/bin:/bin" };

async function diagnosed(me: Person, check: string, env: Readonly<Record<string, string>> = {}) {
  return of(findingsIn(await me.pet(["doctor", "--json"], { env: { ...bash, ...env } })), check);
}

describe("aliases", () => {
  test("that are pets and hide nothing are ok", async () => {
    const me = person();
    const file = join(me.home, ".bashrc");
    expect(await diagnosed(me, "aliases")).toEqual([row("aliases", "NONE", { file })]);
    await me.pet(["diag-a", "PET_CPUS=1"]);
    const volume = "pet-diag-b-home";
    const labels = { [label.kind]: "home", [label.prefix]: "pet", [label.instance]: "diag-b" };
    afterwards(async () => {
      await docker(["volume", "rm", volume]);
    });
    await docker([
      "volume",
      "create",
      ...Object.entries(labels).map(([key, value]) => `--label=${key}=${value}`),
      volume,
    ]);
    await me.pet(["alias", "--install", "diag-a", "diag-b"]);
    expect(await diagnosed(me, "aliases")).toEqual([
      row("aliases", "FINE", { names: "diag-a diag-b", file }),
    ]);
  });

  test("that hide a program, are hidden, or have no pet are told of", async () => {
    const me = person();
    const file = join(me.home, ".bashrc");
    const bin = join(me.home, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "diag-tool"), "#!/bin/sh\n", { mode: 0o755 });
    for (const name of ["diag-tool", "diag-two"]) await me.pet([name, "PET_CPUS=1"]);
    await me.pet(["alias", "--install", "diag-tool", "diag-two", "diag-gone"]);
    writeFileSync(file, "\nalias diag-two='ls'\n", { flag: "a" });
    const found = await diagnosed(me, "aliases", { PATH: `${bin}:/usr/bin:/bin` });
    expect(found).toEqual([
      row("aliases", "HIDES", { name: "diag-tool", program: join(bin, "diag-tool") }),
      row("aliases", "HIDDEN", { name: "diag-two", line: 6, file }),
      row("aliases", "GONE", { name: "diag-gone" }),
    ]);
  });

  test("whose block is damaged, or whose file cannot be read, are broken", async () => {
    const me = person();
    const file = join(me.home, ".bashrc");
    writeFileSync(file, "# >>> pet aliases >>>\nmine\n");
    expect(await diagnosed(me, "aliases")).toEqual([
      row("aliases", "DAMAGED", { edit: `"\${EDITOR:-vi}" ${file}` }),
    ]);
    const other = person();
    symlinkSync(".bashrc", join(other.home, ".bashrc"));
    expect(await diagnosed(other, "aliases")).toEqual([
      row("aliases", "UNREADABLE", { reason: "its symbolic links run in circles" }),
    ]);
  });
});

describe("completion", () => {
  test("is missed in bash alone, until what is said there is pasted", async () => {
    const me = person();
    const file = join(me.home, ".bashrc");
    expect(await diagnosed(me, "completion", { SHELL: "/usr/bin/fish" })).toEqual([
      row("completion", "OTHER_SHELL", { shell: "fish" }),
    ]);
    const [missing] = await diagnosed(me, "completion");
    expect(missing).toEqual(row("completion", "MISSING", { shell: "bash", file }));
    const shell = open("bash", ["--norc", "-i"], { env: { ...me.env, PS1: "> " }, cwd: me.home, cols: 200 });
    await shell.waitFor(/^> $/m);
    shell.type(`${missing?.repair}\rexit\r`);
    await shell.exit;
    expect(await diagnosed(me, "completion")).toEqual([row("completion", "LOADED", { file })]);
  });

  test("comes with an alias", async () => {
    const me = person();
    await me.pet(["alias", "--install", "diag"]);
    expect(await diagnosed(me, "completion")).toEqual([row("completion", "LOADED")]);
  });

  test("in a copy counts, if it is of this pet", async () => {
    const me = person();
    const folder = join(me.home, ".local/share/bash-completion/completions");
    const copy = join(folder, "pet");
    mkdirSync(folder, { recursive: true });
    writeFileSync(copy, "complete -F _pet pet\n");
    expect(await diagnosed(me, "completion")).toEqual([row("completion", "STALE", { path: copy })]);
    writeFileSync(copy, (await me.pet(["completion", "bash"])).stdout);
    expect(await diagnosed(me, "completion")).toEqual([row("completion", "LOADED", { file: copy })]);
  });
});

describe("the terminal", () => {
  const inTerminal = async (line: string, options: TerminalOptions = {}) => {
    const me = person(nowhere);
    const env = { ...me.env, LANG: "C.UTF-8", ...options.env };
    const terminal = open("sh", ["-c", `${line} "$0" doctor --json`, petCommand], {
      cols: 100,
      ...options,
      env,
    });
    const { status } = await terminal.exit;
    return of(findingsIn({ stdout: terminal.output().toString(), stderr: "", status }), "terminal");
  };

  test.each([
    [
      "",
      {},
      row("terminal", "FINE", { term: "xterm-256color", columns: 100, rows: 24, colours: "256 colours" }),
    ],
    ["", { env: { NO_COLOR: "1" } }, row("terminal", "FINE", { colours: "no colours, as NO_COLOR wishes" })],
    ["env -u TERM", {}, row("terminal", "NO_TERM")],
    ["TERM=dumb", {}, row("terminal", "DUMB", { term: "dumb" })],
    ["TERM=no-such-terminal", {}, row("terminal", "UNKNOWN", { term: "no-such-terminal" })],
    ["TERM=vt220", {}, row("terminal", "NO_COLOURS", { term: "vt220" })],
    ["", { env: { LANG: "C" } }, row("terminal", "LOCALE", { variable: "LANG", value: "C" })],
    ["LC_ALL=POSIX", {}, row("terminal", "LOCALE", { variable: "LC_ALL", value: "POSIX" })],
    ["stty rows 0 cols 0;", {}, row("terminal", "NO_SIZE")],
    ["", { cols: 9 }, row("terminal", "SMALL", { columns: 9 })],
  ])("with “%s” and %j is judged", async (line, options, expected) => {
    expect(await inTerminal(line, options)).toEqual([expected]);
  });

  test("is not looked at where there is none", async () => {
    expect(await diagnosed(person(), "terminal")).toEqual([row("terminal", "NONE")]);
  });
});

describe("a person", () => {
  test("reads marks in colour, repairs below, and what to do at the end", async () => {
    const me = person(nowhere);
    const terminal = me.open(["doctor"], { cols: 200, rows: 60 });
    expect((await terminal.exit).status).toBe(1);
    expect(terminal.output().toString()).toContain("\x1b[31mbroken \x1b[0m  engine");
    const screen = terminal.screen().join("\n");
    expect(screen).toMatch(/^broken +engine +There is no Docker context “no-such”\.\n {4}\S/m);
    expect(screen).toMatch(/^ok +node +v\d+/m);
    expect(screen).toMatch(/^\d+ broken, \d+ warnings?, \d+ ok\. Paste what helps, then: pet doctor$/m);
  });

  test.each([
    ["in a pipe", (me: Person) => me.pet(["doctor", "--no-input"])],
    [
      "with NO_COLOR",
      async (me: Person) => {
        const terminal = me.open(["doctor"], { env: { NO_COLOR: "1" } });
        await terminal.exit;
        return { stdout: terminal.output().toString() };
      },
    ],
  ])("sees no colours %s", async (_, run) => {
    const { stdout } = await run(person(nowhere));
    expect(stdout).toMatch(/^broken +engine/m);
    expect(stdout).not.toContain("\x1b[");
  });

  test("may stop reading", async () => {
    const me = person(nowhere);
    const script = '"$0" doctor | head -n 1';
    const { stdout, stderr } = await runToEnd("sh", ["-c", script, petCommand], { env: me.env });
    expect(stdout).toMatch(/^ok +node +v.*\n$/);
    expect(stderr).toBe("");
  });

  test("is told of words that doctor does not take", async () => {
    const outcome = await person().pet(["doctor", "foo"]);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("TOO_MANY_WORDS");
  });
});

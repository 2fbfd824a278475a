/** What stands on standard input decides what a bare `pet foo` does without a terminal: by its kind, not by its bytes. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { open } from "../support/pty.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "fed";
destroyAfterwards(me, name);

beforeAll(async () => {
  const made = await me.pet([name, "--start"], { timeoutMs: 300_000 });
  expect(made, made.stderr).toMatchObject({ status: 0 });
}, 300_000);

interface Ended {
  readonly status: number;
  readonly stdout: string;
}

async function ended(command: string, args: readonly string[], stdin: "ignore" | number): Promise<Ended> {
  const child = spawn(command, [...args], { env: me.env, stdio: [stdin, "pipe", "inherit"] });
  const [stdout, [status]] = await Promise.all([
    child.stdout === null ? "" : text(child.stdout),
    once(child, "close"),
  ]);
  return { status, stdout };
}

const shell = (script: string) => ended("sh", ["-c", script, petCommand, name], "ignore");
const script = "echo ran; exit 4";

test.each([
  ["closed", 'exec "$0" "$1" <&-'],
  ["/dev/null", 'exec "$0" "$1" < /dev/null'],
  ["/dev/zero", 'exec "$0" "$1" < /dev/zero'],
])("%s: it is made ready and its status shown", async (_, line) => {
  const outcome = await shell(line);
  expect(outcome).toMatchObject({ status: 0, stdout: expect.stringContaining(`pet-${name}-1`) });
});

test("a file: a script for the login shell", async () => {
  const file = join(temporaryDirectory(), "script");
  writeFileSync(file, script);
  expect(await ended(petCommand, [name], openSync(file, "r"))).toEqual({ status: 4, stdout: "ran\n" });
});

test("an empty file: a script that does nothing", async () => {
  const file = join(temporaryDirectory(), "script");
  writeFileSync(file, "");
  expect(await ended(petCommand, [name], openSync(file, "r"))).toEqual({ status: 0, stdout: "" });
});

test("a pipe, also one that is idle at first", async () => {
  expect(await shell(`(sleep 1; echo '${script}') | "$0" "$1"`)).toEqual({ status: 4, stdout: "ran\n" });
});

test("a socket", async () => {
  const path = join(temporaryDirectory(), "socket");
  const server = createServer((socket) => socket.end(script)).listen(path);
  try {
    // bash has /dev/tcp only; perl is where git is.
    const perl = `use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ARGV[0])) or die;
      open STDIN, "<&S"; exec @ARGV[1..2]`;
    expect(await ended("perl", ["-e", perl, path, petCommand, name], "ignore")).toEqual({
      status: 4,
      stdout: "ran\n",
    });
  } finally {
    server.close();
  }
});

test("a script's own reading gets what follows it", async () => {
  expect(await shell(`printf 'read x; echo "<$x>"\\nline\\n' | "$0" "$1"`)).toEqual({
    status: 0,
    stdout: "<line>\n",
  });
});

test.each([
  ["standard input but none on standard output", '"$0" "$1" | cat', "standard output is none"],
  ["standard output but none on standard input", '"$0" "$1" --attach </dev/null', "standard input is none"],
])("a terminal on %s: no console, and a word on what to do", async (_, line, said) => {
  const terminal = open("sh", ["-c", line, petCommand, name], { env: me.env, cols: 120, rows: 24 });
  await terminal.exit;
  expect(terminal.screen().join("\n")).toContain("NO_TERMINAL");
  expect(terminal.screen().join("\n")).toContain(said);
  expect(terminal.screen().join("\n")).toContain(`pet ${name} -- COMMAND`);
});

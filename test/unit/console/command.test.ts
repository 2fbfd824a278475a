import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CommandOptions, runCommand } from "../../../src/console/command.ts";
import type { Command } from "../../../src/console/hello.ts";
import { doorTo } from "./door.ts";
import { person, screenText } from "./person.ts";

const petConsole = join(import.meta.dirname, "../../../terminals/base/pet-console");
let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "pet-command-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

function door() {
  return doorTo("perl", [petConsole], {
    PET_RUN_DIR: home,
    PET_SHELL: "/bin/sh",
    PET_HOME: home,
    PET_USER: "tester",
  });
}

function collected(): { stream: Writable; text: () => string; bytes: () => number } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString(), bytes: () => Buffer.concat(chunks).length };
}

async function run(command: Command, stdin: Readable | undefined = undefined, options: CommandOptions = {}) {
  const stdout = collected();
  const stderr = collected();
  const status = await runCommand(door(), { stdin, stdout: stdout.stream, stderr: stderr.stream }, command, {
    signals: () => () => {},
    ...options,
  });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

const sh = (script: string): Command => ({ argv: ["sh", "-c", script] });

describe("a command inside", () => {
  it.each([
    ["its status", sh("exit 3"), { status: 3, stdout: "", stderr: "" }],
    ["the signal that ended it", sh("kill -9 $$"), { status: 137, stdout: "", stderr: "" }],
    ["its streams, apart", sh("echo out; echo err >&2"), { status: 0, stdout: "out\n", stderr: "err\n" }],
    [
      "its arguments as they are",
      { argv: ["printf", "%s|", "a b", "$HOME", "'", ""] },
      { status: 0, stdout: "a b|$HOME|'||", stderr: "" },
    ],
    ["nothing to read without stdin", { argv: ["cat"] }, { status: 0, stdout: "", stderr: "" }],
  ])("gives %s", async (_what, command, result) => {
    expect(await run(command)).toEqual(result);
  });

  it("runs in the home, with the environment it is given", async () => {
    const { stdout } = await run(sh('pwd; echo "$GREETING"'), undefined, {
      env: { GREETING: "hello world" },
    });
    expect(stdout).toBe(`${home}\nhello world\n`);
  });

  it("reads what we read, to its end, byte for byte", async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256));
    const stdin = Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)], { objectMode: false });
    const { stdout } = await run(sh("cksum"), stdin);
    const { stdout: expected } = await run(
      sh(`perl -e 'binmode STDOUT; print chr(($_*7)%256) for 0..299999' | cksum`),
    );
    expect(stdout).toBe(expected);
  });

  it("is a script for the login shell", async () => {
    const script = Readable.from([Buffer.from("x=6\necho $((x * 7))\nexit 5\necho never\n")], {
      objectMode: false,
    });
    expect(await run({ script: true }, script)).toEqual({ status: 5, stdout: "42\n", stderr: "" });
  });

  it("is not pulled along by one that does not read: no more than a megabyte is sent ahead", async () => {
    let pulled = 0;
    const stdin = new Readable({
      read() {
        pulled += 65_536;
        this.push(pulled > 20e6 ? null : Buffer.alloc(65_536));
      },
    });
    const { status } = await run(sh("sleep 0.5"), stdin);
    expect(status).toBe(0);
    expect(pulled).toBeLessThan(3e6);
  });

  it("waits for a sink that takes its time", async () => {
    let bytes = 0;
    let open = false;
    const slow = new Writable({
      highWaterMark: 16_384,
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (open) done();
        else setTimeout(done, 30);
      },
    });
    const before = process.memoryUsage().arrayBuffers;
    const status = runCommand(
      door(),
      { stdin: undefined, stdout: slow, stderr: collected().stream },
      sh("head -c 50000000 /dev/zero"),
      { signals: () => () => {} },
    );
    await pause(600);
    expect(bytes).toBeLessThan(10e6);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6);
    open = true;
    expect(await status).toBe(0);
    expect(bytes).toBe(50_000_000);
  });

  it("is told the signals we are told", async () => {
    let signal: (number: number) => void = () => {};
    const stdout = collected();
    const status = runCommand(
      door(),
      { stdin: undefined, stdout: stdout.stream, stderr: collected().stream },
      sh("trap 'echo term; exit 9' TERM; echo ready; while :; do sleep 0.05; done"),
      {
        signals: (listener) => {
          signal = listener;
          return () => {};
        },
      },
    );
    await vi.waitFor(() => expect(stdout.text()).toBe("ready\n"), { timeout: 3000 });
    signal(15);
    expect(await status).toBe(9);
    expect(stdout.text()).toBe("ready\nterm\n");
  });

  it("ends when nobody reads its output any more", async () => {
    const stdout = new PassThrough();
    const status = runCommand(
      door(),
      { stdin: undefined, stdout, stderr: collected().stream },
      { argv: ["yes"] },
      {
        signals: () => () => {},
      },
    );
    stdout.once("data", () => stdout.destroy(Object.assign(new Error("EPIPE"), { code: "EPIPE" })));
    expect(await status).toBe(141);
  });

  it("that is not there, or cannot be run, is a failure with a row", async () => {
    writeFileSync(join(home, "plain"), "", { mode: 0o644 });
    await expect(run({ argv: ["no-such-command"] })).rejects.toMatchObject({
      code: "COMMAND_NOT_FOUND",
      exit: 127,
    });
    await expect(run({ argv: ["./plain"] })).rejects.toMatchObject({
      code: "COMMAND_NOT_EXECUTABLE",
      exit: 126,
    });
  });

  it("whose line dies is a failure with a row", async () => {
    const dying = door();
    const status = runCommand(
      dying,
      { stdin: undefined, stdout: collected().stream, stderr: collected().stream },
      sh("sleep 60"),
      { signals: () => () => {} },
    );
    const failed = expect(status).rejects.toMatchObject({ code: "DOOR_LOST" });
    await pause(200);
    dying.kill();
    await failed;
  });
});

describe("a command on a terminal", () => {
  it("has one of our size, raw, and leaves ours whole", async () => {
    const one = person({ cols: 61, rows: 17 });
    const unused = collected();
    const status = runCommand(
      door(),
      { stdin: undefined, stdout: unused.stream, stderr: unused.stream, terminal: one },
      sh(
        "test -t 0 && stty size && printf '\\033[?2004h\\033[?25l' && read line && echo got $line && exit 4",
      ),
    );
    await vi.waitFor(() => expect(screenText(one.shown)).toContain("17 61"), { timeout: 3000 });
    expect(one.entered).toBe(true);
    one.type("hello\r");
    expect(await status).toBe(4);
    await one.settled();
    expect(screenText(one.shown)).toMatch(/got hello/);
    expect(one.shown.modes.bracketedPasteMode).toBe(false);
    expect(one.entered).toBe(false);
    expect(unused.text()).toBe("");
  });

  it("is told when ours changes its size", async () => {
    const one = person({ cols: 61, rows: 17 });
    const unused = collected();
    const status = runCommand(
      door(),
      { stdin: undefined, stdout: unused.stream, stderr: unused.stream, terminal: one },
      sh("trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.05; done"),
    );
    await vi.waitFor(() => expect(screenText(one.shown)).toContain("ready"), { timeout: 3000 });
    one.resize({ cols: 90, rows: 30 });
    await status;
    await one.settled();
    expect(screenText(one.shown)).toContain("30 90");
  });
});

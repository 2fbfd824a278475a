import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type IPty, spawn } from "@lydell/node-pty";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { freshTerminal, type Headless, rowsText, screenText } from "./person.ts";
import { stateOf } from "./state.ts";

const petConsole = join(import.meta.dirname, "../../../terminals/base/pet-console");
const attachHere = fileURLToPath(new URL("./attach-here.ts", import.meta.url));
const size = { cols: 100, rows: 30 };

/** A bash of a person's own, in a terminal; in it, attaches to the image's holder on this machine. */
describe("a real terminal", () => {
  let home: string;
  let pty: IPty;
  let shown: Headless;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "pet-terminal-"));
    shown = freshTerminal(size);
    pty = spawn("bash", ["--norc", "--noprofile"], {
      ...size,
      name: "xterm-256color",
      cwd: home,
      env: {
        ...process.env,
        PS1: "near$ ",
        PET_RUN_DIR: home,
        PET_HOME: home,
        PET_SHELL: "/bin/sh",
        NODE_NO_WARNINGS: "1",
      },
    });
    const [theirs, screen] = [pty, shown];
    theirs.onData((data) => screen.write(data));
    screen.onData((answer) => theirs.write(answer));
  });
  afterEach(async () => {
    pty.kill("SIGKILL");
    for (const pid of processesIn(home)) endQuietly(pid);
    // The holder says a last word before it goes.
    await vi.waitFor(() => {
      rmSync(home, { recursive: true, force: true });
      return pause(100).then(() => expect(existsSync(home)).toBe(false));
    });
  });

  const sees = (text: RegExp): Promise<unknown> =>
    vi.waitFor(() => expect(screenText(shown)).toMatch(text), { timeout: 8000, interval: 20 });

  async function attached(before = ""): Promise<void> {
    await sees(/near\$ $|near\$$/);
    pty.write(
      `stty -g > before; ${before} ${process.execPath} ${attachHere} perl ${petConsole}; echo status=$?\r`,
    );
    await sees(/^[#$]$/m);
  }

  /** The line settings are what they were, and so is everything the terminal was put into. */
  async function whole(): Promise<void> {
    pty.write("clear; stty -g | cmp - before && echo same\r");
    await sees(/^same$/m);
    expect(stateOf(shown)).toEqual({ ...stateOf(freshTerminal(size)), privates: expect.anything() });
    expect(shown.modes).toMatchObject({ mouseTrackingMode: "none", applicationCursorKeysMode: false });
  }

  const inEverything = "printf '\\033[?1049h\\033[?1002;1006;1h\\033[?25l\\033[4;9rfull screen'";

  it("is whole after a detach, which is no failure", async () => {
    await attached();
    pty.write(`${inEverything}\r`);
    await sees(/full screen/);
    pty.write("\x1c");
    await sees(/outcome: {"kind":"detached"}\nstatus=0/);
    await whole();
  });

  it("is whole after the shell inside has ended, with its status", async () => {
    await attached();
    pty.write("exit 5\r");
    await sees(/status=5/);
    await whole();
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGINT", 130],
  ])("is whole after %s, of which the process dies", async (signal, status) => {
    await attached();
    pty.write(`${inEverything}\r`);
    await sees(/full screen/);
    signalAttach(signal);
    await sees(/near\$$/);
    pty.write("echo ended with $?\r"); // at SIGINT, bash leaves out the rest of the line
    await sees(new RegExp(`status=${status}|ended with ${status}`));
    await whole();
  });

  it("is whole after a crash", async () => {
    await attached("CRASH_AFTER=1500");
    pty.write(`${inEverything}\r`);
    await sees(/status=1$/m);
    await whole();
  });

  it("is whole after the line died", async () => {
    await attached();
    pty.write(`${inEverything}\r`);
    await sees(/full screen/);
    const relay = relayOf(attachPid());
    process.kill(relay, "SIGKILL");
    await sees(/outcome: {"kind":"lost"/);
    await whole();
  });

  it("is whole while stopped, and shows the same screen when continued", async () => {
    await attached();
    pty.write("echo 'on the screen'\r");
    await sees(/^on the screen$/m);
    signalAttach("SIGTSTP");
    await sees(/Stopped/);
    pty.write("echo a'n'd; fg\r");
    await vi.waitFor(
      () => expect(screenText(shown)).toMatch(/^[#$] echo 'on the screen'\non the screen\n[#$]$/),
      {
        timeout: 8000,
      },
    );
    expect(rowsText(shown, 0, shown.buffer.active.length)).toMatch(/Stopped/);
    pty.write("echo still here\r");
    await sees(/^still here$/m);
    pty.write("\x1c");
    await sees(/kind":"detached"}/);
  });

  it("that hangs in a flood does not keep the process from dying of SIGTERM", async () => {
    await attached();
    pty.write("yes\r");
    await sees(/^y$/m);
    pty.pause();
    await pause(500);
    const pid = attachPid();
    process.kill(pid, "SIGTERM");
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 3000 });
    pty.resume();
  });

  it("keeps its column where a program moves down by a bare line feed", async () => {
    await attached();
    pty.write("clear; stty -onlcr; printf 'abc\\ndef\\rend\\r\\n'; stty onlcr\r");
    await sees(/^abc\nend {0,3}def$/m);
  });

  it("tells its new size", async () => {
    await attached();
    shown.resize(77, 22);
    pty.resize(77, 22);
    pty.write("until stty size | grep '22 77'; do sleep 0.1; done\r");
    await sees(/^22 77$/m);
  });

  function attachPid(): number {
    return childrenOf(pty.pid).find((pid) => commandOf(pid).includes("attach-here")) ?? 0;
  }

  function relayOf(pid: number): number {
    return childrenOf(pid).find((child) => commandOf(child).includes("pet-console")) ?? 0;
  }

  function signalAttach(signal: string): void {
    process.kill(attachPid(), signal);
  }
});

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
}

/** Processes that know this directory from their environment: the session's shell, with which its holder ends. */
function processesIn(directory: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(directory))
    .map(Number);
}

function endQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It went with another.
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

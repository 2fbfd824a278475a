/** The console as a person has it: `pet` in a real terminal, its screen asserted. */

import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { spawn } from "@lydell/node-pty";
import { beforeAll, describe, expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { testEngine } from "../support/engine.ts";
import { open, type Terminal } from "../support/pty.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "console";
destroyAfterwards(me, name);

const prompt = (tty: string) => `developer@pet-${name}-${tty}:~$`;

beforeAll(async () => {
  const made = await me.pet([name, "--start"], { timeoutMs: 300_000 });
  expect(made, made.stderr).toMatchObject({ status: 0 });
}, 300_000);

/** Attached to a TTY of its own, so that tests do not see each other's screens. */
async function attached(tty: string, size = { cols: 80, rows: 24 }): Promise<Terminal> {
  const terminal = me.open([name, tty], size);
  await terminal.waitFor(prompt(tty), 30_000);
  return terminal;
}

/** A plain shell in the same container: what a screen ought to look like. */
async function plain(tty: string, size = { cols: 80, rows: 24 }): Promise<Terminal> {
  const { dockerHost } = testEngine();
  const shell = [
    "exec",
    "-it",
    "-w",
    "/home/developer",
    "-e",
    "TERM=xterm-256color",
    `pet-${name}-${tty}`,
    "bash",
    "-l",
  ] as const;
  const terminal = open("docker", shell, { ...size, env: { DOCKER_HOST: dockerHost } });
  await terminal.waitFor(prompt(tty));
  return terminal;
}

/** Back at what was left: whatever it shows, painted to its end. */
async function returned(tty: string): Promise<Terminal> {
  const terminal = me.open([name, tty]);
  await terminal.waitFor(({ output }) => output().length > 0, 20_000);
  await terminal.quiet(500);
  return terminal;
}

async function detach(terminal: Terminal): Promise<void> {
  terminal.key("ctrl-\\");
  const ended = await terminal.exit;
  expect(ended, terminal.screen().join("\n")).toMatchObject({ status: 0 });
}

/** Types the same into both, lets them settle, and compares all that can be seen. */
async function expectSame(ours: Terminal, theirs: Terminal): Promise<void> {
  await Promise.all([ours.quiet(400), theirs.quiet(400)]);
  expect(ours.screen()).toEqual(theirs.screen());
  expect(ours.cells()).toEqual(theirs.cells());
  expect(ours.cursor()).toEqual(theirs.cursor());
  expect(ours.modes()).toEqual(theirs.modes());
}

describe("coming back", () => {
  test("shows the same screen, and says how to come back", async () => {
    const first = await attached("back");
    first.type("echo one; printf '\\e[1;3;31mbold\\e[0m %s\\n' 漢字\r");
    await first.waitFor("bold 漢字");
    await first.quiet();
    const before = { screen: first.screen(), cells: first.cells(), cursor: first.cursor() };
    await detach(first);
    expect(first.screen().join("\n")).toContain(
      `detached from ${name} back; come back with: pet ${name} back`,
    );
    const second = me.open([name, "back"]);
    await second.waitFor("bold 漢字");
    await second.quiet();
    expect({ screen: second.screen(), cells: second.cells(), cursor: second.cursor() }).toEqual(before);
    await detach(second);
  });

  test("brings what was printed meanwhile, into the terminal's own scrollback", async () => {
    const first = await attached("meanwhile");
    first.type("clear; (sleep 1; seq -f 'line %g' 1 300) &\r");
    await pause(300);
    await detach(first);
    await pause(1500);
    const second = me.open([name, "meanwhile"]);
    await second.waitFor("line 300");
    const all = [...second.scrolled(), ...second.screen()].flatMap((line) => /line \d+$/.exec(line) ?? []);
    expect(all).toEqual(Array.from({ length: 300 }, (_, index) => `line ${index + 1}`));
    await detach(second);
  });

  test("finds what was there on the person's own screen scrolled up, not cleared", async () => {
    const command = `echo 'mine before'; '${me.env.PET_COMMAND ?? "bin/pet"}' ${name} own`;
    const terminal = open("bash", ["--norc", "-c", command], { env: me.env });
    await terminal.waitFor(prompt("own"), 30_000);
    await detach(terminal);
    const again = open("bash", ["--norc", "-c", command], { env: me.env });
    await again.waitFor(prompt("own"));
    expect([...again.scrolled(), ...again.screen()].join("\n")).toContain("mine before");
    await detach(again);
  });

  test("after exit opens a fresh shell, and exit's status is pet's", async () => {
    const first = await attached("fresh");
    first.type("marker=old; exit 9\r");
    expect(await first.exit).toMatchObject({ status: 9 });
    const second = await attached("fresh");
    second.type('echo "<$marker>"\r');
    await second.waitFor("<>");
    second.type("exit\r");
    expect(await second.exit).toMatchObject({ status: 0 });
  });
});

describe("a screen on return is, cell by cell, the one of the same program under docker exec -it", () => {
  const long = "/tmp/long.txt";
  const programs: readonly (readonly [program: string, start: string, keys: readonly string[]])[] = [
    ["vim", `vim -n -u NONE -N -c 'set number hlsearch nomodeline' -c '/7' ${long}\r`, ["5j", "3l"]],
    ["less", `less -N ${long}\r`, [" ", "/33\r"]],
    ["readline", "PS1='> '; clear\r", ["echo a long line that is being edited", "\x01", "\x1b[C\x1b[C"]],
    ["wide", "clear; printf '漢字かな %s e\\u0301 a\\u0308 \\U1f600|\\n' 한글\r", []],
    [
      "colours",
      "PS1='> '; clear; for i in 1 2 3 4 5 7 9; do printf '\\e[%sm x%s \\e[0m\\e[38;5;%sm y \\e[48;2;9;99;%sm z\\e[0m\\n' $i $i $i $i; done\r",
      [],
    ],
  ];

  test.each(programs)("%s", async (program, start, keys) => {
    const ours = await attached(program);
    await me.pet([name, program, "--", "sh", "-c", `seq -f 'line %g of a long text' 1 400 > ${long}`]);
    const theirs = await plain(program);
    for (const typed of [start, ...keys]) {
      for (const terminal of [ours, theirs]) {
        terminal.type(typed);
        await terminal.quiet(300);
      }
    }
    await detach(ours);
    const back = await returned(program);
    await expectSame(back, theirs);
    back.resize(100, 30);
    theirs.resize(100, 30);
    await expectSame(back, theirs);
    await detach(back);
  });

  test("nano, whose word on what it read stands until it is told of a key or a size", async () => {
    const ours = await attached("nano");
    await me.pet([name, "nano", "--", "sh", "-c", `seq 1 400 > ${long}`]);
    ours.type(`nano ${long}\r`);
    await ours.waitFor("[ Read 400 lines ]");
    await ours.quiet(500);
    const before = { cells: ours.cells(), cursor: ours.cursor(), modes: ours.modes() };
    await detach(ours);
    const back = await returned("nano");
    expect(back.screen().join("\n")).toContain("[ Read 400 lines ]");
    expect({ cells: back.cells(), cursor: back.cursor(), modes: back.modes() }).toEqual(before);
    await detach(back);
  });

  test("htop, which shows other figures each time: its own screen before", async () => {
    const ours = await attached("htop");
    ours.type("htop -d 900 -p 1\r");
    await ours.waitFor("F10");
    await ours.quiet(500);
    const before = { cells: ours.cells(), cursor: ours.cursor(), modes: ours.modes() };
    await detach(ours);
    const back = await returned("htop");
    expect({ cells: back.cells(), cursor: back.cursor(), modes: back.modes() }).toEqual(before);
    await detach(back);
  });

  test("after 50 MB of log that nobody watched", async () => {
    const ours = await attached("log");
    ours.type(
      "seq -f '%.0f the quick brown fox jumps over' 1 1300000; echo END > /tmp/end; vim -n -u NONE -N /tmp/end\r",
    );
    await detach(ours);
    await me.pet([name, "log", "--", "sh", "-c", "until [ -s /tmp/end ]; do sleep 0.1; done; sleep 0.5"]);
    const back = await returned("log");
    expect(back.modes().alternateScreen).toBe(true);
    const theirs = await plain("log");
    theirs.type("vim -n -u NONE -N /tmp/end\r");
    await expectSame(back, theirs);
    back.type(":q\r");
    await back.waitFor("1300000 the quick brown fox");
    expect(back.screen()[0]).toMatch(/^\d+ the quick brown fox/);
    await detach(back);
  });
});

describe("detaching", () => {
  test.each([
    ["as a control character", "\x1c"],
    ["in the kitty protocol", "\x1b[92;5u"],
    ["as modifyOtherKeys sends it", "\x1b[27;5;92~"],
  ])("%s", async (_, bytes) => {
    const terminal = await attached("keys");
    terminal.type(bytes);
    expect(await terminal.exit).toMatchObject({ status: 0 });
  });

  test("never inside a paste; pressed twice the key goes through", async () => {
    const terminal = await attached("paste");
    terminal.type("stty quit undef; clear; echo ready; cat -v\r");
    await terminal.waitFor(/^ready$/m);
    await terminal.quiet(500);
    terminal.type("\x1b[200~in\x1cside\x1b[201~\r");
    await terminal.waitFor("in^\\side");
    terminal.type("\x1c\x1c");
    await pause(500);
    terminal.type("\r");
    await terminal.waitFor(/^\^\\$/m);
    terminal.key("ctrl-c");
    await detach(terminal);
  });

  test("the keys are the person's to choose", async () => {
    const terminal = me.open([name, "chosen"], { env: {} });
    await terminal.waitFor(prompt("chosen"), 30_000);
    await detach(terminal);
    const set = await me.pet([name, "--config", "PET_DETACH_KEYS=ctrl-p,ctrl-q"]);
    expect(set.status).toBe(0);
    const again = me.open([name, "chosen"]);
    await again.waitFor(prompt("chosen"));
    again.type("\x10\x11");
    expect(await again.exit).toMatchObject({ status: 0 });
    await me.pet([name, "--clean"]);
  });
});

describe("the terminal is whole again", () => {
  const dirty =
    "printf '\\e[?1049h\\e[?1000h\\e[?1006h\\e[?2004h\\e[?25l\\e[?1h\\e=\\e[5 q\\e[2;8r\\e[>1u\\e[31m\\e]2;title\\a'; sleep 600\r";

  async function dirtied(tty: string): Promise<{ shell: Terminal; fresh: ReturnType<Terminal["modes"]> }> {
    const shell = open("bash", ["--norc", "--noprofile", "-i"], { env: { ...me.env, PS1: "outer> " } });
    await shell.waitFor("outer>");
    const fresh = shell.modes();
    shell.type(`'${process.cwd()}/bin/pet' ${name} ${tty}\r`);
    await shell.waitFor(prompt(tty), 30_000);
    shell.type(dirty);
    await shell.waitFor((terminal) => terminal.modes().alternateScreen);
    await shell.quiet();
    return { shell, fresh };
  }

  async function expectWhole(shell: Terminal, fresh: ReturnType<Terminal["modes"]>): Promise<void> {
    await shell.waitFor(/outer> *$/m);
    await shell.quiet();
    shell.type("stty -a | grep -c -- '-icanon'; echo done\r");
    await shell.waitFor(/^0\s+done\s+outer> *$/m);
    await shell.quiet();
    expect(shell.modes()).toEqual(fresh);
    expect(shell.cursor().visible).toBe(true);
  }

  test("after a detach", async () => {
    const { shell, fresh } = await dirtied("whole1");
    shell.key("ctrl-\\");
    await expectWhole(shell, fresh);
  });

  test.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)("after %s", async (signal) => {
    const { shell, fresh } = await dirtied(signal.toLowerCase());
    const { execFileSync } = await import("node:child_process");
    const child = execFileSync("pgrep", ["-P", String(shell.pid)], { encoding: "utf8" }).trim();
    process.kill(Number(child), signal);
    await expectWhole(shell, fresh);
  });

  test("after its container is killed", async () => {
    const { shell, fresh } = await dirtied("whole3");
    expect((await me.pet([name, "whole3", "--stop"])).status).toBe(0);
    await expectWhole(shell, fresh);
  });

  test("while it is stopped by the shell outside, and painted again by fg", async () => {
    const { shell } = await dirtied("whole4");
    const { execFileSync } = await import("node:child_process");
    const child = execFileSync("pgrep", ["-P", String(shell.pid)], { encoding: "utf8" }).trim();
    process.kill(Number(child), "SIGTSTP");
    await shell.waitFor(/outer> *$/m);
    expect(shell.modes().alternateScreen).toBe(false);
    shell.type("fg\r");
    await shell.waitFor((terminal) => terminal.modes().alternateScreen);
    shell.key("ctrl-c");
    shell.type("\x1c");
    await shell.waitFor(/outer> *$/m);
  });
});

describe("two people at once", () => {
  test("the last to type has the size; the other sees a picture that fits, and never garbage", async () => {
    const wide = await attached("pair", { cols: 100, rows: 30 });
    wide.type("clear; vim -u NONE -N -c 'set number' /etc/passwd\r");
    await wide.waitFor("root:");
    const small = me.open([name, "pair"], { cols: 60, rows: 20 });
    await small.waitFor("root:");
    await small.quiet(300);
    const whole = wide.screen();
    const part = small.screen().slice(0, 15);
    for (const [row, line] of part.entries())
      expect((whole[row] ?? "").slice(0, 60).trimEnd()).toBe(line.slice(0, 60).trimEnd());
    small.type("j");
    await small.quiet(600);
    await wide.quiet(600);
    small.type(":echo winwidth(0)\r");
    await small.waitFor(/^60$/m);
    await detach(small);
    await wide.quiet(600);
    wide.type(":q!\r");
    await wide.waitFor(prompt("pair"));
    await detach(wide);
  });

  test("status names them", async () => {
    const one = await attached("named");
    const { stdout } = await me.pet([name, "--status", "--json"]);
    const status = JSON.parse(stdout);
    const tty = status.ttys.find((row: { tty: string }) => row.tty === "named");
    expect(tty.attached).toHaveLength(1);
    expect(tty.attached[0].who).toMatch(/.+@.+/);
    await detach(one);
  });

  test("one that hangs stalls nobody", async () => {
    const [one, two] = [await attached("hang"), me.open([name, "hang"])];
    await two.waitFor(prompt("hang"));
    two.hang();
    one.type("seq 1 400000; echo END\r");
    await one.waitFor(/^END$/m, 20_000);
    two.resume();
    await two.waitFor(/^END$/m, 10_000);
    await detach(one);
    await detach(two);
  });
});

test("queries are answered once", async () => {
  const terminal = await attached("query");
  terminal.type("clear; printf '\\e[6n\\e[c'; IFS= read -rsn 30 -t 2 x; printf '%q\\n' \"$x\"\r");
  await terminal.waitFor(/\$'.*\\E\[/);
  await terminal.quiet(2200);
  const answer = terminal.screen().find((line) => line.startsWith("$'")) ?? "";
  expect(answer.match(/R/g)).toHaveLength(1);
  expect(answer.match(/c/g)).toHaveLength(1);
  await detach(terminal);
  const back = me.open([name, "query"]);
  await back.quiet(500);
  expect(back.answers()).toEqual([]);
  await detach(back);
});

test("Ctrl-C cuts a flood at once", async () => {
  const terminal = await attached("flood");
  terminal.type("yes\r");
  await terminal.waitFor(/^y$/m);
  await pause(1000);
  const begun = Date.now();
  terminal.key("ctrl-c");
  await terminal.waitFor(/\^C[\s\S]*\$ *$/);
  expect(Date.now() - begun).toBeLessThan(3_000);
  await detach(terminal);
});

test("100 MB arrive whole, and pet grows no memory", async () => {
  await detach(await attached("bulk"));
  const { dockerHost } = testEngine();
  const pty = spawn(petCommand, [name, "bulk"], {
    cols: 80,
    rows: 24,
    env: { ...me.env, DOCKER_HOST: dockerHost, TERM: "xterm-256color" },
    encoding: null,
  });
  let [crosses, told] = [0, ""];
  const ended = Promise.withResolvers<void>();
  pty.onData((data: string | Buffer) => {
    const bytes = Buffer.from(data);
    for (const byte of bytes) if (byte === 0x58) crosses++;
    told = `${told}${bytes}`.slice(-200);
    if (/END\r*\n/.test(told)) ended.resolve();
  });
  while (!told.includes("$ ")) await pause(50);
  pty.write(
    "stty -opost -echo; head -c 100000000 /dev/zero | tr '\\0' '\\130'; stty sane; echo; echo EN''D\r",
  );
  await ended.promise;
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pty.pid}/status`, "utf8"))?.[1]);
  expect(crosses).toBe(100_000_000);
  expect(peak).toBeLessThan(200_000);
  const gone = new Promise<void>((resolve) => pty.onExit(() => resolve()));
  pty.write("\x1c");
  await gone;
}, 120_000);

test("1 MB pasted arrives intact", async () => {
  const terminal = await attached("megabyte");
  terminal.type("stty -icanon -echo; head -c 1000000 | sha256sum; stty sane\r");
  await terminal.quiet(500);
  const bytes = Array.from({ length: 1_000_000 }, (_, index) =>
    String.fromCharCode(97 + ((index * 7) % 26)),
  ).join("");
  terminal.type(bytes);
  const { createHash } = await import("node:crypto");
  await terminal.waitFor(createHash("sha256").update(bytes).digest("hex"), 20_000);
  await detach(terminal);
});

import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { attach, type Outcome } from "../../../src/console/attach.ts";
import { readFields } from "../../../src/console/hello.ts";
import { type FarEnd, farEnd } from "./far-end.ts";
import { freshTerminal, type Person, person, rowsText, screenText } from "./person.ts";
import { stateOf } from "./state.ts";

const size = { cols: 80, rows: 24 };

function come(one: Person = person(size)): { far: FarEnd; one: Person; outcome: Promise<Outcome> } {
  const far = farEnd();
  const outcome = attach(far.door, one, { who: "me@here", detachKeys: "ctrl-\\" });
  outcome.catch(() => {});
  return { far, one, outcome };
}

const until = (what: () => unknown): Promise<unknown> => vi.waitFor(what, { timeout: 3000, interval: 5 });
const sees = (one: Person, text: string | RegExp): Promise<unknown> =>
  until(() =>
    typeof text === "string"
      ? expect(screenText(one.shown)).toBe(text)
      : expect(screenText(one.shown)).toMatch(text),
  );
const hears = (far: FarEnd, type: string): Promise<unknown> =>
  until(() => expect(far.heard.map(([one]) => one)).toContain(type));

describe("an attach", () => {
  it("says hello with the terminal's size and kind", async () => {
    const { far } = come(person({ cols: 101, rows: 33 }));
    await hears(far, "A");
    expect(Object.fromEntries(readFields(far.heard[0]?.[1] ?? Buffer.alloc(0)))).toEqual({
      v: "1",
      credit: "1",
      cols: "101",
      rows: "33",
      who: "me@here",
      session: "main",
      term: "xterm-256color",
      colorterm: "truecolor",
    });
  });

  it("leaves the person's screen where it is for a shell that was just started", async () => {
    const one = person(size);
    one.output.write("local $ pet foo\r\n");
    const { far } = come(one);
    far.welcome("");
    far.say("o", "pet $ ");
    await sees(one, "local $ pet foo\npet $");
    await hears(far, "r");
  });

  it("scrolls the person's screen out of the way of a picture, and keeps it", async () => {
    const one = person(size);
    one.output.write("local $ pet foo\r\n");
    const { far } = come(one);
    far.welcome("one\r\ntwo\r\n$ ");
    await sees(one, "one\ntwo\n$");
    expect(rowsText(one.shown, 0, 2)).toBe("local $ pet foo");
  });

  it("brings the history into the terminal's own", async () => {
    const { far, one } = come();
    far.welcome(Array.from({ length: 100 }, (_, i) => `line ${i}\r\n`).join(""));
    await sees(one, /^line 99$/m);
    const all = rowsText(one.shown, 0, one.shown.buffer.active.length);
    for (let i = 0; i < 100; i++) expect(all).toMatch(new RegExp(`^line ${i}$`, "m"));
  });

  it("rewraps what was written for another size", async () => {
    const { far, one } = come();
    far.welcome(`${"x".repeat(60)}\r\n$ `, { size: { cols: 40, rows: 10 } });
    await sees(one, `${"x".repeat(60)}\n$`);
  });

  it("passes on what is typed, from the first moment", async () => {
    const { far, one } = come();
    one.type("early ");
    far.welcome("$ ");
    await sees(one, "$");
    one.type("late");
    await until(() => expect(far.typed()).toBe("early late"));
  });

  it("shows what comes while it paints after the picture, each byte once", async () => {
    const { far, one } = come();
    far.welcome("one\r\n");
    for (let i = 0; i < 50; i++) far.say("o", `live ${i}\r\n`);
    await sees(one, /^live 49$/m);
    const text = rowsText(one.shown, 0, one.shown.buffer.active.length);
    expect(text.trim()).toBe(["one", ...Array.from({ length: 50 }, (_, i) => `live ${i}`)].join("\n"));
  });

  it("acknowledges every byte of output once it was taken", async () => {
    const { far, one } = come();
    far.welcome("12345");
    far.say("o", "x".repeat(1000));
    await until(() => expect(far.acked()).toBe(1005));
    one.hang();
    far.say("o", "y".repeat(1000));
    await pause(50);
    expect(far.acked()).toBe(1005);
    one.letGo();
    await until(() => expect(far.acked()).toBe(2005));
  });

  it("acknowledges a log as it arrives, whose rest may never come", async () => {
    const { far, one } = come();
    one.hang();
    far.size("R", size);
    far.say("o", "x".repeat(100_000));
    await until(() => expect(far.acked()).toBe(100_000));
    one.letGo();
    far.startOver("$ whole");
    await sees(one, "$ whole");
    await until(() => expect(far.acked()).toBe(100_007));
  });

  it("never asks the person's terminal what the log asked", async () => {
    const { far, one } = come();
    far.welcome("\x1b[c\x1b[6n\x1b[>c\x1b[?25$p\x1b[18t\x1b]11;?\x07$ ");
    await sees(one, "$");
    await pause(30);
    expect(far.typed()).toBe("");
  });

  it("lets the person's terminal answer live queries, once", async () => {
    const { far, one } = come();
    far.welcome("$ ");
    far.say("o", "\x1b[6n");
    await until(() => expect(far.typed()).toBe("\x1b[1;3R"));
    await sees(one, "$");
    expect(far.typed()).toBe("\x1b[1;3R");
  });

  it("answers a cursor report that a program still waits for from the model", async () => {
    const { far } = come();
    far.welcome("one\r\ntwo\x1b[6n", { flags: 1 });
    await until(() => expect(far.typed()).toBe("\x1b[2;4R"));
  });

  it("starts from the modes in force where the log was cut off", async () => {
    const { far, one } = come();
    far.welcome("inside", { modes: "\x1b[?1049h\x1b[?2004h\x1b[3;1H" });
    await sees(one, "\n\ninside");
    expect(one.shown.buffer.active.type).toBe("alternate");
    expect(one.shown.modes.bracketedPasteMode).toBe(true);
  });

  it("tells its size after painting, and whenever it changes, once things have settled", async () => {
    const { far, one } = come();
    far.welcome("$ ");
    await hears(far, "r");
    for (let cols = 81; cols < 100; cols++) one.resize({ cols, rows: 30 });
    const sizes = () =>
      far.heard.filter(([type]) => type === "r").map(([, payload]) => payload.toString("hex"));
    await until(() => expect(sizes()).toEqual(["00500018", "0063001e"]));
  });
});

describe("a full-screen program", () => {
  it.each([
    [
      "with a sixel image is made to draw it again",
      "\x1b[?1049h\x1bPq#0!6~\x1b\\",
      ["00500018", "00500017", "00500018"],
    ],
    [
      "with an image of kitty's protocol, too",
      "\x1b[?1049h\x1b_Gf=100;AAAA\x1b\\",
      ["00500018", "00500017", "00500018"],
    ],
    [
      "with a long image of iTerm2's, too",
      `\x1b[?1049h\x1b]1337;File=inline=1:${"A".repeat(9000)}\x07`,
      ["00500018", "00500017", "00500018"],
    ],
    ["that cleared its image is left in peace", "\x1b[?1049h\x1bPq#0!6~\x1b\\\x1b[2J", ["00500018"]],
    ["without an image is left in peace", "\x1b[?1049htext \x1bP$qm\x1b\\", ["00500018"]],
    [
      "that ended, its image with it, changes nothing",
      "\x1b[?1049h\x1bPq#0!6~\x1b\\\x1b[?1049l",
      ["00500018"],
    ],
  ])("%s", async (_what, log, sizes) => {
    const { far } = come();
    far.welcome(log);
    const told = () =>
      far.heard.filter(([type]) => type === "r").map(([, payload]) => payload.toString("hex"));
    await until(() => expect(told()).toEqual(sizes));
    await pause(150);
    expect(told()).toEqual(sizes);
  });
});

describe("leaving", () => {
  it("by the keys says good-bye, and makes the terminal whole", async () => {
    const { far, one, outcome } = come();
    far.welcome("\x1b[?1049h\x1b[?1002;1006;2004h\x1b[?25l\x1b[5 q\x1b[2;9r\x1b[31mvim");
    await sees(one, /vim/);
    one.type("\x1c");
    expect(await outcome).toEqual({ kind: "detached" });
    expect(far.heard.at(-1)?.[0]).toBe("b");
    await one.settled();
    expect(stateOf(one.shown)).toEqual(stateOf(freshTerminal(size)));
  });

  it("leaves the cursor on a line of its own below the prompt", async () => {
    const { far, one, outcome } = come();
    far.welcome("out\r\n$ half");
    await sees(one, "out\n$ half");
    one.type("\x1c");
    await outcome;
    one.output.write("detached");
    await sees(one, "out\n$ half\ndetached");
  });

  it("by the shell's end shows its last words and gives its status", async () => {
    const { far, one, outcome } = come();
    far.welcome("$ ");
    far.say("o", "exit\r\n");
    far.say("X", Buffer.of(7));
    expect(await outcome).toEqual({ kind: "exited", status: 7 });
    one.output.write("back");
    await sees(one, "$ exit\nback");
  });

  it.each([
    ["before the log", () => {}],
    ["in the middle of a sequence", (far: FarEnd) => far.welcome("\x1b[?1049h\x1b[?10")],
    ["while it paints", (far: FarEnd) => far.welcome("text\r\n".repeat(5000))],
  ])("by a line that dies %s is told apart, and leaves the terminal whole", async (_when, before) => {
    const { far, one, outcome } = come();
    before(far);
    await pause(50);
    far.die();
    expect(await outcome).toMatchObject({ kind: "lost", cause: expect.any(Error) });
    await one.settled();
    expect(stateOf(one.shown)).toEqual(stateOf(freshTerminal(size)));
  });

  it("by the shell's end counts, though the line ends with it", async () => {
    for (const log of ["", "text\r\n".repeat(2000)]) {
      const { far, outcome } = come();
      far.welcome(log);
      far.say("o", "last words\r\n".repeat(1000));
      far.say("X", Buffer.of(0));
      far.die();
      expect(await outcome).toEqual({ kind: "exited", status: 0 });
    }
  });

  it("tells what the far end said on its stderr", async () => {
    const { far, outcome } = come();
    (far.door.stderr as unknown as NodeJS.WritableStream).write("exec: no such file\n");
    (far.door.stdout as unknown as NodeJS.WritableStream).end();
    expect(await outcome).toMatchObject({ cause: { message: "exec: no such file" } });
  });

  it.each([
    ["start", "CONSOLE_FAILED"],
    ["version", "CONSOLE_VERSION"],
  ])("with a refusal (%s) is a failure with a row", async (code, row) => {
    const { far, one, outcome } = come();
    far.say("E", `code=${code}\0text=no PTY\0`);
    await expect(outcome).rejects.toMatchObject({ code: row });
    expect(one.entered).toBe(false);
  });

  it("makes the terminal whole after the last of what was on its way, not before", async () => {
    const { far, one, outcome } = come();
    far.welcome("$ ");
    await sees(one, "$");
    one.hang();
    far.say("o", `\x1b[31;?1000h${"red ".repeat(1000)}`);
    await pause(20);
    one.type("\x1c");
    setTimeout(() => one.letGo(), 400);
    expect(await outcome).toEqual({ kind: "detached" });
    expect(one.written().lastIndexOf("red ")).toBeLessThan(one.written().lastIndexOf("\x1b[m"));
  });

  it("throws away what the terminal has not taken", async () => {
    const { far, one, outcome } = come();
    far.welcome("$ ");
    await sees(one, "$");
    one.hang();
    for (let i = 0; i < 100; i++) far.say("o", `flood ${i}\r\n`.repeat(100));
    await pause(20);
    one.type("\x1c");
    expect(await outcome).toEqual({ kind: "detached" });
    one.letGo();
    await one.settled();
    expect(rowsText(one.shown, 0, one.shown.buffer.active.length)).not.toContain("flood 50");
  });
});

describe("a watcher", () => {
  it("sees a part of a larger screen, following the cursor", async () => {
    const { far, one } = come(person({ cols: 20, rows: 5 }));
    const rows = Array.from({ length: 10 }, (_, i) => `row ${i} ${"abcdefghij".repeat(3)}`);
    far.welcome(rows.join("\r\n"), { size: { cols: 40, rows: 10 }, role: "watcher" });
    await sees(
      one,
      rows
        .slice(5)
        .map((row) => row.slice(17, 37))
        .join("\n"),
    );
    far.say("o", "\x1b[H\x1b[32mhello");
    await sees(
      one,
      [`hello${rows[0]?.slice(5, 20)}`, ...rows.slice(1, 5).map((row) => row.slice(0, 20))].join("\n"),
    );
  });

  it("sees what follows a change of size at that size", async () => {
    const { far, one } = come(person({ cols: 80, rows: 24 }));
    far.welcome("$ ", { size: { cols: 40, rows: 10 }, role: "watcher" });
    await sees(one, "$");
    far.say("o", "\x1b[H\x1b[J");
    far.size("R", { cols: 20, rows: 10 });
    far.say("o", `${"x".repeat(20)}y`);
    await sees(one, `${"x".repeat(20)}\ny`);
  });

  it("acknowledges what its model has taken", async () => {
    const { far } = come();
    far.welcome("12345", { role: "watcher" });
    far.say("o", "x".repeat(100_000));
    await until(() => expect(far.acked()).toBe(100_005));
  });

  it("is drawn at most thirty times a second, and only where something changed", async () => {
    const { far, one } = come();
    far.welcome("text\r\n".repeat(10), { role: "watcher" });
    await sees(one, /text/);
    const before = one.written().length;
    for (let i = 0; i < 100; i++) {
      far.say("o", `\r${i}`);
      await pause(2);
    }
    await sees(one, /^99$/m);
    const frames = one.written().slice(before).split("\x1b[?2026h").length - 1;
    expect(frames).toBeGreaterThan(2);
    expect(frames).toBeLessThan(40);
    expect(one.written().slice(before)).not.toContain("text");
  });

  it("becomes the owner with a picture of its own, and its own screen behind it", async () => {
    const one = person(size);
    one.output.write("local $\r\n");
    const { far } = come(one);
    far.welcome("shared\r\n$ ", { role: "watcher" });
    await sees(one, "shared\n$");
    expect(one.shown.buffer.active.type).toBe("alternate");
    far.say("W", Buffer.of(1));
    far.startOver("shared\r\n$ more");
    await sees(one, "shared\n$ more");
    expect(one.shown.buffer.active.type).toBe("normal");
    expect(rowsText(one.shown, 0, 1)).toBe("local $");
  });

  it("that was the owner leaves from a line of its own", async () => {
    const { far, one, outcome } = come();
    far.welcome("$ half");
    await sees(one, "$ half");
    far.say("W", Buffer.of(0));
    far.startOver("$ half done", { role: "watcher" });
    await sees(one, "$ half done");
    one.type("\x1c");
    await outcome;
    one.output.write("detached");
    await sees(one, "$ half\ndetached");
  });

  it("has its terminal whole after leaving, its own screen as it was", async () => {
    const one = person(size);
    one.output.write("local $ pet foo\r\n");
    const { far, outcome } = come(one);
    far.welcome("\x1b[?2004h\x1b[?1h\x1b=\x1b[>1uprivate", { role: "watcher" });
    await sees(one, "private");
    await until(() => expect(one.shown.modes.bracketedPasteMode).toBe(true));
    one.type("\x1c");
    await outcome;
    await one.settled();
    expect(screenText(one.shown)).toBe("local $ pet foo");
    expect(stateOf(one.shown)).toEqual(stateOf(freshTerminal(size)));
  });
});

describe("starting over", () => {
  it("paints what is new only, nothing twice and nothing left out", async () => {
    const { far, one } = come();
    let log = Array.from({ length: 60 }, (_, i) => `line ${i}\r\n`).join("");
    far.welcome(log);
    far.say("o", "live\r\n");
    await sees(one, /^live$/m);
    log += "live\r\n";
    log += Array.from({ length: 70 }, (_, i) => `missed ${i}\r\n`).join("");
    far.startOver(log);
    await sees(one, /^missed 69$/m);
    const text = rowsText(one.shown, 0, one.shown.buffer.active.length).trim();
    expect(text).toBe(log.replaceAll("\r", "").trim());
  });

  it("forgets what was still queued for a terminal that hung", async () => {
    const { far, one } = come();
    far.welcome("$ ");
    await sees(one, "$");
    one.hang();
    const flood = Array.from({ length: 500 }, (_, i) => `flood ${i}\r\n`);
    for (const line of flood) far.say("o", line);
    await pause(20);
    far.startOver(`$ ${flood.join("")}done`);
    await pause(20);
    one.letGo();
    await sees(one, /^done$/m);
    const text = rowsText(one.shown, 0, one.shown.buffer.active.length).trim();
    expect(text).toBe(`$ ${flood.join("")}done`.replaceAll("\r", ""));
    await until(() => expect(far.acked()).toBe(2 + 2 * flood.join("").length + 6));
  });

  it("is asked for when the process was stopped and goes on", async () => {
    const { far, one } = come();
    far.welcome("pet $ ");
    await sees(one, "pet $");
    one.continued();
    await hears(far, "y");
    expect(one.entered).toBe(true);
    one.output.write("local $ fg\r\n");
    far.say("o", "of no use");
    far.startOver("pet $ ls");
    await sees(one, "pet $ ls");
    expect(rowsText(one.shown, 0, one.shown.buffer.active.length)).not.toContain("of no use");
  });

  it("while it paints loses nothing of what has come meanwhile", async () => {
    const { far, one, outcome } = come();
    far.welcome("pet $ ");
    far.say("o", "x".repeat(5000));
    far.say("X", Buffer.of(9));
    await hears(far, "a");
    one.continued();
    expect(await outcome).toEqual({ kind: "exited", status: 9 });
    expect(far.acked()).toBe(5006);
  });

  it("with a log larger than a model takes at once shows its end", async () => {
    const { far, one } = come();
    far.size("R", size);
    const line = `${"x".repeat(79)}\r\n`.repeat(12_000);
    for (let i = 0; i < 60; i++) far.say("o", line.slice(0, 1_000_000));
    far.say("o", "\r\nthe end");
    far.say("W", Buffer.of(1));
    far.say("L", Buffer.of(0));
    await vi.waitFor(() => expect(screenText(one.shown)).toContain("the end"), { timeout: 20_000 });
  }, 30_000);

  it("in the middle of a sequence begins afresh", async () => {
    const { far, one } = come();
    far.welcome("$ ");
    far.say("o", "\x1b]2;a tit");
    await sees(one, "$");
    await until(() => expect(far.acked()).toBeGreaterThan(5));
    far.startOver("$ again");
    await sees(one, "$ again");
  });
});

describe("a flood", () => {
  it("of 64 MB passes whole, and takes no memory", async () => {
    const one = person(size);
    let taken = 0;
    one.output.write = ((bytes: Buffer, done: () => void) => {
      taken += bytes.length;
      setImmediate(done);
      return true;
    }) as typeof one.output.write;
    const { far } = come(one);
    far.welcome("");
    await hears(far, "r");
    const line = "\x1b[32mthe quick brown fox\x1b[m jumps over the lazy dog, again and again and again\r\n";
    const chunk = line.repeat(Math.floor(65536 / line.length));
    const before = process.memoryUsage().rss;
    const stdout = far.door.stdout as unknown as NodeJS.WritableStream;
    const { frame } = await import("../../../src/console/frames.ts");
    const wire = frame("o", Buffer.from(chunk));
    let sent = 0;
    while (sent < 64e6) {
      if (!stdout.write(wire)) await new Promise((resolve) => stdout.once("drain", resolve));
      sent += chunk.length;
      // As the holder does: no more than its window beyond what was acknowledged.
      while (sent - far.acked() > 1 << 20) await pause(0);
    }
    await until(() => expect(far.acked()).toBe(sent));
    expect(taken).toBeGreaterThanOrEqual(sent);
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  }, 30_000);
});

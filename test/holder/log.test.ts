/** The log: what is kept of a session's output, what is cut off, and what stands for it. */

import { spawnSync } from "node:child_process";
import xterm from "@xterm/headless";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mendModel } from "../../src/console/mend-model.ts";
import { bytes, type Frame, frame, framesOf, sizeOf, u16 } from "./near-end.ts";

const driver = new URL("replay.pl", import.meta.url).pathname;
const library = new URL("../../terminals/base/console", import.meta.url).pathname;

type Piece = string | Buffer | readonly [cols: number, rows: number];

/** What one who attaches gets after these pieces were written. */
function logOf(pieces: readonly Piece[], limit = 2 << 20): readonly Frame[] {
  const input = Buffer.concat(
    pieces.map((piece) =>
      typeof piece === "string" || Buffer.isBuffer(piece)
        ? frame("o", Buffer.from(piece))
        : frame("R", u16(...piece)),
    ),
  );
  const { stdout, stderr } = spawnSync("perl", [driver, library, String(limit), "80", "24"], {
    input,
    maxBuffer: 64 << 20,
  });
  expect(stderr.toString()).toBe("");
  return framesOf(stdout);
}

const beforeEnd = (frames: readonly Frame[]) =>
  frames.slice(
    0,
    frames.findIndex(({ type }) => type === "L"),
  );
const afterEnd = (frames: readonly Frame[]) => frames.slice(frames.findIndex(({ type }) => type === "L") + 1);
const kept = (frames: readonly Frame[]) => bytes(beforeEnd(frames)).toString("latin1");
const modes = (frames: readonly Frame[]) => bytes(frames, "T").toString("latin1");

const filler = Array.from({ length: 4000 }, (_, i) => `line ${i} of many\r\n`).join("");

test("what fits is kept as it was written", () => {
  const all = `\x1b[31mred\x1b[m ${"x".repeat(100)}\r\n€😀\r\n`;
  const frames = logOf([all]);
  expect(kept(frames)).toBe(Buffer.from(all).toString("latin1"));
  expect(frames.map(({ type }) => type)).toEqual(["R", "o", "L"]);
});

test("the newest bytes are kept, from the beginning of a line", () => {
  const frames = logOf([filler], 20_000);
  expect(filler.endsWith(kept(frames))).toBe(true);
  expect(kept(frames)).toMatch(/^line /);
  expect(kept(frames).length).toBeGreaterThan(17_000);
  expect(kept(frames).length).toBeLessThanOrEqual(20_000);
});

describe("modes in force at the cut are told", () => {
  test.each([
    ["a private mode", "\x1b[?2004h", "\x1b[?2004h"],
    ["several in one", "\x1b[?1000;1006h", "\x1b[?1000h\x1b[?1006h"],
    ["one that is on at first", "\x1b[?25l", "\x1b[?25l"],
    ["insert mode", "\x1b[4h", "\x1b[4h"],
    ["the pen", "\x1b[1;38;5;9m\x1b[4m", "\x1b[m\x1b[1;38;5;9m\x1b[4m"],
    ["the pen since its reset", "\x1b[1m\x1b[0;32m", "\x1b[m\x1b[0;32m"],
    ["the scroll region", "\x1b[2;10r", "\x1b[2;10r"],
    ["the cursor's shape", "\x1b[5 q", "\x1b[5 q"],
    ["a character set", "\x1b(0", "\x1b(0"],
    ["the set shifted to", "\x1b)0\x0e", "\x1b)0\x0e"],
    ["the keypad", "\x1b=", "\x1b="],
    ["the title", "\x1b]0;one\x07\x1b]2;two\x1b\\", "\x1b]2;two\x07"],
    ["kitty's keyboard flags", "\x1b[>1u\x1b[>5u", "\x1b[<20u\x1b[=0;1u\x1b[>1u\x1b[>5u"],
    ["and their pop", "\x1b[>1u\x1b[>5u\x1b[<u", "\x1b[<20u\x1b[=0;1u\x1b[>1u"],
    ["modifyOtherKeys", "\x1b[>4;2m", "\x1b[>4;2m"],
    ["a colour", "\x1b]11;#123456\x07", "\x1b]11;#123456\x07"],
    ["an open link", "\x1b]8;;http://x/\x07", "\x1b]8;;http://x/\x07"],
    [
      "nothing that was undone",
      "\x1b[?2004h\x1b[?2004l\x1b[31m\x1b[39;49m\x1b[m\x1b[?25l\x1b[?25h\x1b]8;;a\x07\x1b]8;;\x07",
      "",
    ],
    ["nothing after a reset", "\x1b[?2004h\x1b[31m\x1bc", ""],
    ["no synchronised output, which would freeze a screen", "\x1b[?2026h", ""],
  ])("%s", (_, sequences, told) => {
    const whole = logOf([sequences, filler, filler], 20_000);
    expect(modes(whole)).toBe(told);
    // And the same where every byte comes by itself.
    expect(modes(logOf([...Array.from(sequences), filler, filler], 20_000))).toBe(told);
  });

  test.each([
    ["the alternate screen", "\x1b[?1049h\x1b[3;4r"],
    ["the pen that leaving it brings back", "\x1b[31m\x1b[?1049h\x1b[m"],
  ])("%s, at the end of what is kept of the normal one", (_, sequences) => {
    const whole = logOf([sequences, filler, filler], 20_000);
    expect(kept(whole).slice(0, sequences.length)).toBe(sequences);
    expect(kept(whole).slice(sequences.length)).toMatch(/^line /);
  });

  test("a pen of very many parts is told in few", () => {
    const parts = Array.from({ length: 500 }, (_, i) => `\x1b[38;5;${i % 256}m\x1b[${i % 2 ? 4 : 24}m`).join(
      "",
    );
    expect(modes(logOf([parts, filler, filler], 20_000)).length).toBeLessThan(300);
  });
});

describe("a finished alternate screen", () => {
  const drawn = Array.from({ length: 500 }, (_, i) => `\x1b[${(i % 24) + 1};1Hdrawn ${i}\x1b[K`).join("");

  test("is taken out, with what came before and after whole", () => {
    const log = kept(logOf(["before\r\n", `\x1b[?1049h${drawn}`, drawn, "\x1b[?1049l", "after\r\n"]));
    expect(log).toBe("before\r\n\x1b[?1049h\x1b[?1049lafter\r\n");
  });

  test("leaves the modes it changed, and none that it brought back", () => {
    const log = kept(
      logOf([`\x1b[?1h\x1b[?1049h\x1b[?1l\x1b[?2004h\x1b[?25l\x1b[31m${drawn}\x1b[?25h\x1b[?1049l`]),
    );
    expect(log).toBe("\x1b[?1h\x1b[?1049h\x1b[?1049l\x1b[?1l\x1b[?2004h");
  });

  test("keeps the sizes it lived through", () => {
    const frames = logOf(["a", "\x1b[?1049h", drawn, [70, 20], drawn, [60, 18], "\x1b[?1049l", "b"]);
    expect(
      beforeEnd(frames)
        .filter(({ type }) => type === "R")
        .map(sizeOf),
    ).toEqual(["80x24", "70x20", "60x18"]);
  });

  test("a hundred of them cost next to nothing", () => {
    const once = `$ vim\r\n\x1b[?1049h${drawn}\x1b[?1049l`;
    expect(kept(logOf(Array.from({ length: 100 }, () => once))).length).toBeLessThan(100 * 40);
  });
});

test("a full-screen program that runs on does not cost the history behind it", () => {
  const drawn = Array.from({ length: 5000 }, (_, i) => `\x1b[${(i % 24) + 1};1Hdrawn ${i}\x1b[K`).join("");
  const frames = logOf(["\x1b[?7l", filler.slice(0, 5000), "\x1b[?1049h\x1b[?2004h", drawn, drawn], 20_000);
  expect(kept(frames).startsWith(`\x1b[?7l${filler.slice(0, 5000)}`)).toBe(true);
  expect(kept(frames)).toContain("\x1b[?1049h\x1b[?2004h");
  expect(kept(frames).endsWith("drawn 4999\x1b[K")).toBe(true);
  expect(kept(frames).length).toBeLessThan(21_000);
  expect(frames.find(({ type }) => type === "L")?.payload[0]).toBe(1);
});

describe("the log ends between sequences; their beginnings follow it", () => {
  test.each([
    ["a control sequence", "\x1b[38;5"],
    ["a lone escape", "\x1b"],
    ["a title", "\x1b]0;half a ti"],
    ["a title about to end", "\x1b]0;title\x1b"],
    ["a device control string", "\x1bPq\x07#0;2;0;0;0"],
    ["a character", Buffer.from("😀").subarray(0, 3)],
    ["a designation", "\x1b("],
  ])("%s", (_, half) => {
    const frames = logOf(["text\r\n", half]);
    expect(kept(frames)).toBe("text\r\n");
    expect(bytes(afterEnd(frames))).toEqual(Buffer.from(half));
  });

  test("a string longer than anyone wants back is not kept, and who comes amid it gets a beginning to ignore", () => {
    const huge = Array.from({ length: 40 }, () => "A".repeat(10_000));
    const amid = logOf(["one\r\n", "\x1b]1337;File=:", ...huge]);
    expect([kept(amid), bytes(afterEnd(amid)).toString()]).toEqual(["one\r\n", "\x1b]z"]);
    expect(kept(logOf(["one\r\n", "\x1b]1337;File=:", ...huge, "\x07two"]))).toBe("one\r\ntwo");
  });
});

test("resizes are where they were", () => {
  const frames = logOf(["a", [70, 20], "b", [60, 10], [50, 9], "c"]);
  const told = beforeEnd(frames).map((one) => (one.type === "R" ? sizeOf(one) : one.payload.toString()));
  expect(told.join(" ")).toMatch(/^80x24 a 70x20 b (60x10 )?50x9 c$/);
});

test("whatever was written in whatever pieces, a cut log paints the screen that the whole output paints", async () => {
  const word = fc.oneof(
    { weight: 6, arbitrary: fc.stringMatching(/^[a-z €漢é😀]{1,12}$/u) },
    { weight: 4, arbitrary: fc.constant("\r\n") },
    fc.constantFrom(
      "\x1b[1m",
      "\x1b[m",
      "\x1b[0;7m",
      "\x1b[38;2;1;2;3m",
      "\x1b[48;5;7m",
      "\x1b[39m",
      "\x1b[4:3m",
    ),
    fc.constantFrom(
      "\x1b]0;title\x07",
      "\x1b]8;;http://x\x07l\x1b]8;;\x07",
      "\x1bP+q\x1b\\",
      "\x1b(0q\x1b(B",
      "\x0elq\x0f",
    ),
    fc.constantFrom(
      "\x1b[?2004h",
      "\x1b[?2004l",
      "\x1b[?1h",
      "\x1b[?25l",
      "\x1b[?25h",
      "\x1b[?1006h",
      "\x1b=",
    ),
    fc.constantFrom(
      "\x1b[?1049hfull\x1b[2;3Hscreen\x1b[31m\x1b[?1049l",
      "\x1b[?47hold\x1b[?47l",
      "\x1b[?1049h\x1b[?1h\x1b[?1049l",
    ),
    fc.constant("\x1b[K"),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 30, maxLength: 60 }),
      fc.integer({ min: 1, max: 700 }),
      async (words, step) => {
        const lines = Array.from({ length: 40 }, (_, i) => `${i} ${words.slice(i % 7).join("")}\r\n`).join(
          "",
        );
        const all = Buffer.from(lines);
        const pieces = [];
        for (let at = 0; at < all.length; at += step) pieces.push(all.subarray(at, at + step));
        const log = logOf(pieces, 16_000);
        const painted = Buffer.concat(
          log.filter(({ type }) => "To".includes(type)).map(({ payload }) => payload),
        );
        expect(await pictureOf(painted)).toEqual(await pictureOf(all));
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

/** Rows, attributes and modes, in words. */
async function pictureOf(output: Buffer): Promise<unknown> {
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true, scrollback: 0 });
  mendModel(terminal);
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  // What comes next shows the pen and the character set.
  await new Promise<void>((resolve) => terminal.write("q", resolve));
  const buffer = terminal.buffer.active;
  const rows = Array.from({ length: 24 }, (_, y) => {
    const line = buffer.getLine(buffer.baseY + y);
    const cells = Array.from({ length: 80 }, (_, x) => line?.getCell(x));
    return cells
      .map(
        (cell) =>
          `${cell?.getChars()}${cell?.getFgColor()}/${cell?.getBgColor()}/${cell?.isBold()}${cell?.isUnderline()}${cell?.isInverse()}`,
      )
      .join("|")
      .replace(/(\|-1\/-1\/000)+$/, "");
  });
  return { rows, cursor: [buffer.cursorX, buffer.cursorY], type: buffer.type, modes: { ...terminal.modes } };
}

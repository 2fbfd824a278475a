import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { loadModel, type Model } from "../../../src/console/model.ts";
import { type Modes, trackModes } from "../../../src/console/modes.ts";
import { paint } from "../../../src/console/paint.ts";
import type { Size } from "../../../src/console/terminal.ts";
import { freshTerminal, type Headless } from "./person.ts";
import { cellsOf, cursorOf, stateOf } from "./state.ts";

vi.setConfig({ testTimeout: 60_000 });

const size: Size = { cols: 30, rows: 8 };
const create = await loadModel();

describe("a painted terminal", () => {
  it.each([
    ["plain lines", "one\r\ntwo\r\nthree"],
    ["history", Array.from({ length: 40 }, (_, i) => `line ${i}\r\n`).join("")],
    ["a wrapped line", `${"wrap ".repeat(20)}\r\nnext`],
    ["a wrapped line of coloured blanks", `\x1b[44m${" ".repeat(70)}\x1b[m\r\nnext`],
    ["the cursor waiting at the margin", "x".repeat(30)],
    ["the cursor waiting at the margin after a wide character", `${"x".repeat(28)}漢`],
    ["wide characters that do not fit", `${"漢字".repeat(20)}\r\na${"漢字".repeat(20)}`],
    ["emoji", "a😀b👍🏽c👩‍👩‍👧d🇩🇪e\r\n✔️ ☎️ ok"],
    ["combining characters", "e\u0301a\u0308o\u0302n\u0303 นี้ हिन्दी"],
    [
      "all attributes",
      [1, 2, 3, 4, 5, 7, 8, 9, 53, "4:2", "4:3", "4:4", "4:5", "1;3;4"]
        .map((n) => `\x1b[${n}mx\x1b[m`)
        .join(""),
    ],
    [
      "colours",
      "\x1b[31mr\x1b[92mg\x1b[38;5;200mp\x1b[38;2;1;2;3mt\x1b[48;2;9;8;7;30mb\x1b[103;38;5;3my\x1b[m",
    ],
    ["underline colours", "\x1b[4:3;58:2::255:0:9mx\x1b[58:5:33my\x1b[m"],
    ["links", "\x1b]8;;http://a/?b;c\x1b\\here\x1b]8;id=7;http://b\x1b\\there\x1b]8;;\x1b\\ plain"],
    [
      "links with underlines of their own",
      "\x1b]8;;http://a\x1b\\plain \x1b[4monce \x1b[4:3mcurly\x1b[m\x1b]8;;\x1b\\",
    ],
    ["an erased line in colour", "ab\x1b[42mcd\x1b[K\r\nnext\x1b[1;10H\x1b[45m\x1b[5X\x1b[m"],
    ["blanks skipped by tabs", "a\tb\tc\r\n\tx"],
    ["a cleared screen", `text${"\r\n".repeat(20)}more\x1b[H\x1b[2Jtop`],
    [
      "an alternate screen",
      "prompt $ vim\r\n\x1b[?1049h\x1b[2J\x1b[3;4Hinside\x1b[8;1H\x1b[7mstatus\x1b[m\x1b[3;10H",
    ],
    ["an alternate screen by mode 47", "prompt\x1b[?47h\x1b[H\x1b[2Jfull"],
    ["modes", "\x1b[?2004h\x1b[?1002h\x1b[?1006h\x1b[?1h\x1b=\x1b[?25l\x1b[4h"],
    ["a scroll region", "1\r\n2\r\n3\r\n4\x1b[2;5r\x1b[4;3H"],
    ["a scroll region in origin mode", "\x1b[3;6r\x1b[?6h\x1b[2;2Hx"],
    ["a saved cursor", "\x1b[4;7H\x1b[31m\x1b7\x1b[m\x1b[Hhome"],
    ["a pen", "text\x1b[1;4:3;35;48;5;17m"],
    ["line drawing", "\x1b(0lqqk\x1b(Bplain\x1b)0\x0exx"],
    ["what a soft reset leaves", "\x1b[2;5r\x1b[1;31m\x1b[?25l\x1b[4h\x1b=\x1b[!ptext"],
    ["kitty's keyboard, on both screens", "\x1b[=1u\x1b[>5u\x1b[?1049h\x1b[>3u\x1b[>7u"],
    ["modifyOtherKeys", "\x1b[>4;2mtext\x1b[>1;3m"],
    ["the cursor's shape", "\x1b[5 qtext"],
    ["the title, and those put away", "\x1b]2;shell\x07\x1b[22;0t\x1b]0;vim\x07"],
    ["colours of the terminal itself", "\x1b]11;#102030\x07\x1b]4;1;#f00;2;#0f0\x1b\\"],
    ["tab stops", "\x1b[3g\x1b[5G\x1bH\x1b[12G\x1bH\r"],
    ["a line whose end was erased", `${"x".repeat(45)}\x1b[1K\x1b[H`],
    ["everything to the last cell erased", "text\r\n\x1b[8;30Hx\x1b[42m\x1b[1J"],
    ["the same, with what is protected", '\x1b[1"qkept\x1b[0"q text\x1b[8;30Hx\x1b[?1J'],
    ["no wrapping", "\x1b[?7l\x1b[3;25Habcdefghij"],
  ])("has %s", async (_what, text) => {
    await samePicture(text, size);
  });

  it("shows the alternate screen's leaver the normal screen as it was", async () => {
    const text = `${"history\r\n".repeat(20)}prompt $ vim\r\n\x1b[?1049h\x1b[2Jinside`;
    const { painted, model } = await samePicture(text, size);
    await write(painted, "\x1b[?1049l$ ");
    await model.write("\x1b[?1049l$ ");
    expect(cellsOf(painted, "normal")).toEqual(cellsOf(model.terminal, "normal"));
    expect(cursorOf(painted)).toEqual(cursorOf(model.terminal));
  });

  it.each([
    ["an underlined pen that was saved on the way", "\x1b[4:3m\x1b[?1049h", "\x1b[?1049lword"],
    ["an underlined pen that was saved", "\x1b[4:3;58:5:9m\x1b7\x1b[m", "\x1b8word"],
  ])("goes on with %s", async (_what, text, more) => {
    const { painted, model } = await samePicture(text, size);
    await write(painted, more);
    await model.write(more);
    expect(screen(painted)).toEqual(screen(model.terminal));
    expect(JSON.stringify(screen(painted))).toContain("u3");
  });

  it("goes on as the original would: what is written to both looks the same", async () => {
    await fc.assert(
      fc.asyncProperty(output, output, async (text, more) => {
        const { painted, model } = await samePicture(text, size);
        await write(painted, more);
        await model.write(more);
        expect(withoutWraps(painted)).toEqual(withoutWraps(model.terminal));
      }),
      { numRuns: 100 },
    );
  });

  it("is the same after the model took another size", async () => {
    await fc.assert(
      fc.asyncProperty(
        output,
        fc.integer({ min: 4, max: 60 }),
        fc.integer({ min: 2, max: 20 }),
        async (text, cols, rows) => {
          // Rewrapping wide characters, the model itself may leave half of one at the margin.
          await samePicture(text.replace(/\p{scx=Han}|\p{Emoji_Presentation}|\p{RI}/gu, "w"), { cols, rows });
        },
      ),
      { numRuns: 100 },
    );
  });

  it("has 20,000 lines of history within two seconds", async () => {
    const model = create(size);
    await model.write(
      Array.from({ length: 20_000 }, (_, i) => `\x1b[3${i % 8}mline ${i}\x1b[m of many\r\n`).join(""),
    );
    const began = performance.now();
    const text = [...paint(model)].join("");
    expect(text).toContain("line 19999");
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

/** Output as programs write it: words, wide ones too, colours, moves, erasures, scrolling, screens. */
const n = fc.integer({ min: 1, max: 34 });
const output = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          "word ",
          "漢字",
          "é",
          "e\u0301",
          "😀",
          "🇩🇪",
          "x",
          "──",
          "  ",
          "\t",
          "👍🏽",
        ),
      },
      { weight: 4, arbitrary: fc.constantFrom("\r\n", "\n", "\r", "\b", "\x1bM", "\x1bD") },
      { weight: 2, arbitrary: n.map((c) => "long".repeat(c)) },
      { weight: 3, arbitrary: fc.tuple(n, n).map(([r, c]) => `\x1b[${(r % 9) + 1};${c}H`) },
      {
        weight: 4,
        arbitrary: fc
          .constantFrom(0, 1, 3, 4, 7, 9, 31, 44, 97, 107, "38;5;99", "48;2;1;2;3", "4:3", "4:3;58:5:9")
          .map((c) => `\x1b[${c}m`),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(n, fc.constantFrom(..."ABCDGKJXPLM@ST"))
          .map(([c, f]) => `\x1b[${"KJ".includes(f) ? c % 3 : c % 9}${f}`),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "\x1b7",
          "\x1b8",
          "\x1b[2;6r",
          "\x1b[r",
          "\x1b[4h",
          "\x1b[4l",
          "\x1b[?7l",
          "\x1b[?7h",
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "\x1b[?1049h",
          "\x1b[?1049l",
          "\x1b[?25l",
          "\x1b(0",
          "\x1b(B",
          "\x1b[?6h",
          "\x1b[?6l",
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom("\x1b[?1002h", "\x1b[?2004h"),
      },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

async function samePicture(output: string, at: Size): Promise<{ painted: Headless; model: Model }> {
  const model = create(size);
  await model.write(output);
  await model.resize(at);
  const painted = freshTerminal(at);
  const text = [...paint(model)].join("");
  await write(painted, text);
  expect(trackedOf(text)).toEqual(tracked(model.modes));
  expect(screen(painted)).toEqual(screen(model.terminal));
  expect(stateOf(painted)).toEqual(stateOf(model.terminal));
  return { painted, model };
}

/** What the headless terminal does not model: the tracker's word for it, of the original and of the painting. */
function trackedOf(text: string): object {
  const tracker = trackModes();
  tracker.feed(Buffer.from(text));
  return tracked(tracker.modes);
}

function tracked({ keyboards, modifyKeys, cursorShape, title, titles, colours, alternate }: Modes): object {
  return { keyboards, modifyKeys, cursorShape, title, titles, colours, alternate };
}

function screen(terminal: Headless): object {
  return {
    normal: cellsOf(terminal, "normal"),
    alternate: terminal.buffer.active.type === "alternate" ? cellsOf(terminal, "alternate") : [],
    cursor: cursorOf(terminal),
  };
}

/** That the topmost row goes on with one that is gone cannot be painted, and may move into view. */
function withoutWraps(terminal: Headless): object {
  return JSON.parse(JSON.stringify(screen(terminal)).replaceAll("↪", ""));
}

function write(terminal: Headless, text: string): Promise<void> {
  return new Promise((resolve) => terminal.write(text, resolve));
}

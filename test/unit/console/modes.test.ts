import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { trackModes } from "../../../src/console/modes.ts";
import { enterModes, enterNormal, leave } from "../../../src/console/whole.ts";
import { cutInto } from "./cuts.ts";
import { freshTerminal, type Headless } from "./person.ts";
import { stateOf } from "./state.ts";

vi.setConfig({ testTimeout: 60_000 });

const size = { cols: 40, rows: 12 };
const privates = [
  1, 5, 6, 7, 9, 12, 25, 45, 66, 1000, 1002, 1003, 1004, 1006, 1016, 2004, 2026, 47, 1047, 1049,
];
const change = fc.oneof(
  fc.tuple(fc.constantFrom(...privates), fc.constantFrom("h", "l")).map(([mode, to]) => `\x1b[?${mode}${to}`),
  fc.tuple(fc.constantFrom(...privates), fc.constantFrom(...privates)).map(([a, b]) => `\x1b[?${a};${b}h`),
  fc.constantFrom(
    "\x1b[4h",
    "\x1b[4l",
    "\x1b=",
    "\x1b>",
    "\x1b[3;7r",
    "\x1b[r",
    "\x1bc",
    "\x1b[!p",
    "\x0e",
    "\x0f",
  ),
  fc.nat(6).map((shape) => `\x1b[${shape} q`),
  fc.constantFrom("\x1b(0", "\x1b(B", "\x1b)0", "\x1b)B", "\x1b[1;4;38;5;9m", "\x1b[m", "\x1b7", "\x1b8"),
  fc.constantFrom("\x1b]2;a title\x07", "\x1b]8;;http://x\x1b\\", "\x1bPq#0\x1b\\", "text ", "\r\n"),
);

describe("what makes a terminal whole", () => {
  it("takes back every mode that was set, whatever the order and the cuts", async () => {
    const initial = stateOf(freshTerminal(size));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 30 }), fc.array(fc.nat(5)), async (changes, cuts) => {
        const terminal = freshTerminal(size);
        const tracker = trackModes();
        for (const piece of cutInto(Buffer.from(changes.join("")), cuts)) tracker.feed(piece);
        await write(terminal, changes.join("") + leave(tracker.modes));
        expect(stateOf(terminal)).toEqual(initial);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["kitty's keyboard", "\x1b[>1u\x1b[>5u", "\x1b[<2u"],
    ["kitty's keyboard, without a push", "\x1b[=5u", "\x1b[=0u"],
    [
      "kitty's keyboard on the alternate screen",
      "\x1b[>1u\x1b[?1049h\x1b[>3u",
      "\x1b[<1u\x1b[?1049l\x1b[<1u",
    ],
    ["modifyOtherKeys", "\x1b[>4;2m", "\x1b[>4m"],
    ["colours", "\x1b]11;#000000\x07\x1b]4;1;#ff0000\x07", "\x1b]111\x1b\\\x1b]104;1\x1b\\"],
    ["colours, several at once", "\x1b]10;red;blue\x07", "\x1b]110\x1b\\\x1b]111\x1b\\"],
    ["the title put away, whatever is reset after", "\x1b[22;0t\x1bc", "\x1b[23;0t"],
    ["the title put away", "\x1b[22;0t\x1b]2;vim\x07", "\x1b[23;0t"],
    ["progress", "\x1b]9;4;1;50\x07", "\x1b]9;4;0\x1b\\"],
    ["the cursor's shape", "\x1b[5 q", "\x1b[0 q"],
    ["charsets", "\x1b*0\x1b)0\x1b(0", "\x1b*B"],
  ])("takes back %s", (_what, given, back) => {
    expect(leave(modesAfter(given))).toContain(back);
  });

  it.each([
    ["\x1b[>1u\x1b[<u"],
    ["\x1b[>1u\x1b[<5u"],
    ["\x1b[>4;2m\x1b[>4;0m"],
    ["\x1b[>4;2m\x1b[>4n"],
    ["\x1b[?2004h\x1b[?2004l"],
    ["\x1b[?1000h\x1b[?1006h\x1b[?1006l\x1b[?1000l"],
    ["\x1b[?25l\x1b[?25h"],
    ["\x1b]11;?\x07"],
    ["\x1b]10;?;?\x07"],
    ["\x1b]2;title\x07"],
    ["\x1b[5 q\x1b[ q"],
    ["\x1b[?2004h\x1b[5 q\x1bc"],
    ["\x1b[?1h\x1b[?1s\x1b[?1l\x1b[?1r\x1b[?1l"],
    ["\x1bPq\x1b[?2004\x1b\\"],
    ["\x1b]0;\x9b?2004h\x07"],
  ])("has nothing to take back after %j", (given) => {
    expect(leave(modesAfter(given))).toBe(leave(trackModes().modes));
  });
});

describe("modes", () => {
  it("are entered again as they were, in a fresh terminal", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 20 }), async (changes) => {
        const modes = modesAfter(changes.join(""));
        const again = modesAfter(
          enterNormal(modes) + (modes.alternate ? `\x1b[?${modes.alternate}h` : "") + enterModes(modes),
        );
        const left = new Map([...modes.privates].filter(([mode]) => mode !== 6 && mode !== 2026));
        expect({ ...again, region: modes.region, charsets: modes.charsets, images: modes.images }).toEqual({
          ...modes,
          privates: left,
        });
      }),
    );
  });

  it("know whether a sequence is still open", () => {
    for (const open of ["\x1b", "\x1b[?20", "\x1b]2;ti", "\x1b]2;ti\x1b", "\x1bPqabc", "\x1b("]) {
      const tracker = trackModes();
      tracker.feed(Buffer.from(`text${open}`));
      expect(tracker.midway(), JSON.stringify(open)).toBe(true);
    }
    const tracker = trackModes();
    tracker.feed(Buffer.from("\x1b[?2004htext\x1b]2;ti\x07\x1bPq\x1b\\"));
    expect(tracker.midway()).toBe(false);
  });
});

function modesAfter(text: string) {
  const tracker = trackModes();
  tracker.feed(Buffer.from(text));
  return tracker.modes;
}

function write(terminal: Headless, bytes: Buffer | string): Promise<void> {
  return new Promise((resolve) => terminal.write(bytes, resolve));
}

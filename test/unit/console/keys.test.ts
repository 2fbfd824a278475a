import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseDetachKeys } from "../../../src/console/detach-keys.ts";
import { heldMs, twiceMs, watchKeys } from "../../../src/console/keys.ts";
import { cutInto } from "./cuts.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(notation = "ctrl-\\") {
  const sent: Buffer[] = [];
  let detached = false;
  const keys = watchKeys(parseDetachKeys(notation), {
    send: (bytes) => void sent.push(bytes),
    detach: () => {
      detached = true;
    },
  });
  return {
    type: (text: string) => keys.feed(Buffer.from(text)),
    feed: keys.feed,
    wait: (ms: number) => void vi.advanceTimersByTime(ms),
    sent: () => Buffer.concat(sent).toString(),
    detached: () => detached,
  };
}

const ctrlBackslash: [string, string][] = [
  ["a plain terminal", "\x1c"],
  ["kitty's protocol", "\x1b[92;5u"],
  ["kitty's protocol with event types", "\x1b[92;5:1u"],
  ["kitty's protocol with caps lock on", "\x1b[92;69u"],
  ["kitty's protocol with num lock and caps lock on", "\x1b[92;197:1u"],
  ["kitty's protocol with alternate keys on another layout", "\x1b[1078::92;5u"],
  ["modifyOtherKeys", "\x1b[27;5;92~"],
];

describe("the keys that detach", () => {
  it.each(ctrlBackslash)("detach after a moment, from %s", (_from, key) => {
    const one = watch();
    one.type(`ls${key}`);
    expect(one.detached()).toBe(false);
    one.wait(twiceMs);
    expect(one.detached()).toBe(true);
    expect(one.sent()).toBe("ls");
  });

  it.each(ctrlBackslash)("go through once when pressed twice, from %s", (_from, key) => {
    const one = watch();
    one.type(key);
    one.wait(twiceMs / 2);
    one.type(key);
    one.wait(10 * twiceMs);
    expect(one.detached()).toBe(false);
    expect(one.sent()).toBe(key);
    one.type("x");
    expect(one.sent()).toBe(`${key}x`);
  });

  it.each([...ctrlBackslash, ["its release", "\x1b[92;5:3u"] as const])(
    "are found however the input is cut: %s",
    (_from, key) => {
      fc.assert(
        fc.property(fc.array(fc.nat(3)), (cuts) => {
          const one = watch();
          for (const piece of cutInto(Buffer.from(`a\x1b[A${key}`), cuts)) one.feed(piece);
          one.wait(heldMs + twiceMs);
          expect(one.sent()).toBe("a\x1b[A");
          expect(one.detached()).toBe(!key.endsWith(":3u"));
        }),
      );
    },
  );

  it("detach at once when another key follows, which goes nowhere", () => {
    const one = watch();
    one.type("\x1c");
    one.type("x");
    expect(one.detached()).toBe(true);
    expect(one.sent()).toBe("");
  });

  it.each([
    ["released", "\x1b[92;5:3u"],
    ["held down", "\x1b[92;5:2u"],
  ])("do nothing when %s", (_what, key) => {
    const one = watch();
    one.type(key);
    one.wait(twiceMs);
    expect(one.detached()).toBe(false);
    expect(one.sent()).toBe("");
  });

  it("wait for their second press while modifiers come and go", () => {
    const one = watch();
    one.type("\x1b[92;5:1u\x1b[92;5:3u\x1b[57442;5:3u\x1b[57442;5:1u\x1b[92;5:1u");
    one.wait(twiceMs);
    expect(one.detached()).toBe(false);
    expect(one.sent()).toBe("\x1b[57442;5:3u\x1b[57442;5:1u\x1b[92;5:1u");
  });

  it("are released inside, too, after they went through", () => {
    const one = watch();
    one.type("\x1b[92;5:1u\x1b[92;5:3u\x1b[92;5:1u\x1b[92;5:3u");
    one.wait(twiceMs);
    expect(one.detached()).toBe(false);
    expect(one.sent()).toBe("\x1b[92;5:1u\x1b[92;5:3u");
  });

  it.each([
    ["ctrl and shift", "\x1b[92;6u"],
    ["alt", "\x1b[92;3u"],
    ["no modifier", "\x1b[92u"],
    ["another key", "\x1b[93;5u"],
    ["a function key", "\x1b[15;5~"],
    ["a mouse report", "\x1b[<0;92;5M"],
    ["a cursor report", "\x1b[92;5R"],
  ])("are not %s", (_what, key) => {
    const one = watch();
    one.type(key);
    one.wait(twiceMs);
    expect(one.detached()).toBe(false);
    expect(one.sent()).toBe(key);
  });

  it("are looked for again after a paste whose end comes in pieces, with time between them", () => {
    const one = watch();
    one.type("\x1b[200~text\x1b[20");
    one.wait(heldMs * 10);
    one.type("1~");
    one.type("\x1c");
    one.wait(twiceMs);
    expect(one.sent()).toBe("\x1b[200~text\x1b[201~");
    expect(one.detached()).toBe(true);
  });

  it("are not looked for in a bracketed paste, however it is cut", () => {
    const paste = "\x1b[200~cat \x1c\x1c \x1b[92;5u \x1b[201 \x1b[201~done";
    fc.assert(
      fc.property(fc.array(fc.nat(9)), (cuts) => {
        const one = watch();
        for (const piece of cutInto(Buffer.from(paste), cuts)) one.feed(piece);
        one.wait(twiceMs * 2);
        expect(one.detached()).toBe(false);
        expect(one.sent()).toBe(paste);
        one.type("\x1c");
        one.wait(twiceMs);
        expect(one.detached()).toBe(true);
      }),
    );
  });

  it("hold a lone Escape for a moment only", () => {
    const one = watch();
    one.type("\x1b");
    expect(one.sent()).toBe("");
    one.wait(heldMs);
    expect(one.sent()).toBe("\x1b");
    one.type("\x1b");
    one.type("b");
    expect(one.sent()).toBe("\x1b\x1bb");
  });

  it("let everything else pass unchanged, whatever it is", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "\x1b", "[", "2", "0", "1", "~", ";", "5", "u", "é", "\r"),
    });
    fc.assert(
      fc.property(text, fc.array(fc.nat(5)), (typed, cuts) => {
        const one = watch();
        for (const piece of cutInto(Buffer.from(typed), cuts)) one.feed(piece);
        one.wait(heldMs);
        expect(one.sent()).toBe(typed);
        expect(one.detached()).toBe(false);
      }),
    );
  });

  it("pass a megabyte of paste within a second", () => {
    vi.useRealTimers();
    const one = watch();
    const began = performance.now();
    one.type(`\x1b[200~${"x\n".repeat(512 * 1024)}\x1b[201~`);
    expect(one.sent().length).toBe(1024 * 1024 + 12);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe("several keys in a row", () => {
  it.each([
    "\x10\x11",
    "\x1b[112;5:1u\x1b[112;5:3u\x1b[113;5u",
    "\x1b[112;5u\x1b[113;5u",
    "\x1b[27;5;112~\x11",
  ])("detach: %j", (typed) => {
    const one = watch("ctrl-p,ctrl-q");
    one.type(typed);
    one.wait(twiceMs);
    expect(one.detached()).toBe(true);
    expect(one.sent()).toBe("");
  });

  it("go through when broken off, and may begin anew", () => {
    const one = watch("ctrl-p,ctrl-q");
    one.type("\x10");
    expect(one.sent()).toBe("");
    one.type("x\x10");
    expect(one.sent()).toBe("\x10x");
    one.type("\x10\x11");
    expect(one.sent()).toBe("\x10x\x10");
    one.wait(twiceMs);
    expect(one.detached()).toBe(true);
  });

  it("go through once when pressed twice", () => {
    const one = watch("ctrl-p,ctrl-q");
    one.type("\x10\x11\x10\x11");
    one.wait(twiceMs);
    expect(one.detached()).toBe(false);
    expect(one.sent()).toBe("\x10\x11");
  });
});

describe("their notation", () => {
  it.each([
    ["ctrl-\\", [0x1c]],
    ["ctrl-p,ctrl-q", [0x10, 0x11]],
    ["ctrl-@", [0]],
    ["CTRL-A,d", [1, 100]],
    ["ctrl-]", [0x1d]],
  ])("%s", (notation, bytes) => {
    expect(parseDetachKeys(notation).map((key) => key.byte)).toEqual(bytes);
  });

  it.each(["", "ctrl-", "ctrl-é", "strg-a", "ab", "ctrl-a,", "ctrl-1"])("is not %j", (notation) => {
    expect(() => parseDetachKeys(notation)).toThrow(expect.objectContaining({ code: "BAD_DETACH_KEYS" }));
  });
});

/** Several at once: who owns the session, whose size counts, and who may hold up what. */

import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  attach,
  attached,
  bytes,
  type Frame,
  has,
  type NearEnd,
  shows,
  sizeOf,
  text,
  u64,
} from "./near-end.ts";
import { newPlace, status, waitFor } from "./place.ts";

function roles(near: NearEnd): readonly number[] {
  return near.frames.filter(({ type }) => type === "W").map(({ payload }) => payload[0] ?? -1);
}

function after(frames: readonly Frame[], type: string): readonly Frame[] {
  return frames.slice(frames.findLastIndex((one) => one.type === type) + 1);
}

test("the first owns, the next watches", async () => {
  using place = newPlace();
  const [one, two] = [await attached(place), await attached(place)];
  expect([roles(one), roles(two)]).toEqual([[1], [0]]);
});

test("a watcher's size does not count until it types; then it owns, and both start over", async () => {
  using place = newPlace();
  const [one, two] = [await attached(place), await attached(place, ["cols", 60], ["rows", 20])];
  two.resize(61, 21);
  one.type("stty size\r");
  await one.until("the size", shows("24 80"));
  two.type("stty size\r");
  await two.until("its own size", shows("21 61"));
  for (const near of [one, two]) await near.until("a new beginning", has("Y"));
  await one.until("its log", (frames) => has("L")(after(frames, "Y")));
  expect([roles(one).at(-1), roles(two).at(-1)]).toEqual([0, 1]);
  await one.until("the new size", (frames) =>
    frames.some((frame) => frame.type === "R" && sizeOf(frame) === "61x21"),
  );
  expect(status(place).map(([role]) => role)).toEqual(["main", "watcher", "owner"]);
});

test("a new owner that resizes changes the session at once; a watcher is told where in the output", async () => {
  using place = newPlace();
  const [one, two] = [await attached(place), await attached(place)];
  one.resize(50, 10);
  one.type("stty size\r");
  await two.until("the size", shows("10 50"));
  const marks = two.frames.filter(({ type }) => type === "R").map(sizeOf);
  expect(marks).toEqual(["80x24", "50x10"]);
});

test("when the owner leaves, the one that typed last inherits, else the oldest", async () => {
  using place = newPlace();
  const near = [await attached(place), await attached(place), await attached(place), await attached(place)];
  const [one, two, three, four] = near;
  three?.type(":\r");
  await three?.until("ownership", () => roles(three).at(-1) === 1);
  one?.type(":\r");
  await one?.until("ownership again", () => roles(one).at(-1) === 1);
  one?.send("b");
  await three?.until("the heritage", () => roles(three).at(-1) === 1);
  three?.cut();
  await two?.until("the heritage of the oldest", () => two !== undefined && roles(two).at(-1) === 1);
  expect(roles(four as NearEnd).at(-1)).toBe(0);
});

test("a hung watcher holds nobody up and starts over once it is back", async () => {
  using place = newPlace();
  const [owner, watcher] = [await attached(place), await attached(place)];
  watcher.hang();
  const began = Date.now();
  owner.type("seq 1 400000; echo d''one\r");
  await owner.until("the end of it", shows("done"), 30);
  expect(Date.now() - began).toBeLessThan(20_000);
  watcher.child.stdout.resume();
  await watcher.until("a new beginning", has("Y"), 10);
  await watcher.until("the end of the output", (frames) => bytes(after(frames, "Y")).includes("done"));
  expect(bytes(after(watcher.frames, "Y")).toString().endsWith(text(owner).slice(-2000))).toBe(true);
}, 60_000);

test("a watcher that takes but never acknowledges is dropped, and the owner goes on", async () => {
  using place = newPlace();
  const owner = await attached(place);
  const silent = attach(place);
  await silent.until("its log", has("L"));
  owner.type("seq 1 300000; echo d''one\r");
  await owner.until("the end of it", shows("done"), 30);
  expect(bytes(silent.frames).length).toBeLessThan(1_000_000);
  silent.send("a", u64(bytes(silent.frames).length));
  await silent.until("a new beginning", has("Y"));
  await silent.until("its end", (frames) => bytes(after(frames, "Y")).includes("done"));
}, 60_000);

test("a watcher that comes in a flood gets its log to its end, and is dropped only after it", async () => {
  using place = newPlace();
  const owner = await attached(place);
  owner.type("yes\r");
  await owner.until("a log that is full", () => bytes(owner.frames).length > 4_000_000, 20);
  const watcher = attach(place);
  // One that is a little behind, always.
  const ticking = setInterval(() => watcher.send("a", u64(bytes(watcher.frames).length)), 30);
  await watcher.until("a log's end", has("L"));
  await pause(2000);
  clearInterval(ticking);
  const count = (kind: string) => watcher.frames.filter(({ type }) => type === kind).length;
  // The first log came without a beginning of its own.
  expect(count("Y")).toBeLessThanOrEqual(count("L"));
  owner.type("\x03");
}, 60_000);

test("what no program reads keeps nobody out: who typed it is heard, and who comes takes over", async () => {
  using place = newPlace();
  const owner = attach(place, ["credit", 1]);
  owner.acknowledge();
  await owner.until("its log", has("L"));
  owner.type("sleep 1000\r");
  await owner.until("its echo", shows("sleep"));
  const lines = `${"x".repeat(99)}\n`.repeat(50_000);
  owner.type(lines);
  // It is told of what was taken, up to where nobody takes any more.
  await owner.until("credit", (frames) => {
    const told = frames.findLast(({ type }) => type === "a")?.payload.readBigUInt64BE() ?? 0n;
    return told > 1_000_000n;
  });
  owner.send("p", "heard?");
  await owner.until("an answer", has("P"));
  const other = await attached(place);
  other.type("\x03");
  await other.until("to own it", (frames) =>
    frames.some(({ type, payload }) => type === "W" && payload[0] === 1),
  );
  other.send("b");
  owner.cut();
}, 60_000);

test("an owner that acknowledges nothing holds the program for five seconds, no longer", async () => {
  using place = newPlace();
  const owner = attach(place);
  await owner.until("its log", has("L"));
  owner.type("seq 1 300000; echo > fin''ished\r");
  await pause(2500);
  expect(bytes(owner.frames).length).toBeLessThan(700_000);
  expect(existsSync(`${place.home}/finished`)).toBe(false);
  const watcher = await attached(place);
  await waitFor("the end of the program", () => existsSync(`${place.home}/finished`), 15);
  expect(bytes(owner.frames).length).toBeLessThan(1_000_000);
  owner.acknowledge();
  await owner.until("a new beginning", has("Y"));
  await owner.until("the newest output", (frames) => bytes(after(frames, "Y")).includes("300000"));
  watcher.cut();
}, 30_000);

test("an owner that acknowledges slowly holds the program to its pace, and Ctrl-C is heard within what is on the way", async () => {
  using place = newPlace();
  const owner = attach(place);
  await owner.until("its log", has("L"));
  owner.type("seq 1 100000000\r");
  let told = 0;
  const ticking = setInterval(() => {
    told += 100_000;
    owner.send("a", u64(Math.min(bytes(owner.frames).length, told)));
  }, 50);
  await pause(1500);
  const before = bytes(owner.frames).length;
  expect(before - told).toBeLessThan(600_000);
  owner.type("\x03");
  await pause(300);
  clearInterval(ticking);
  owner.acknowledge();
  owner.type("echo st''opped\r");
  await owner.until("the prompt", shows("stopped"));
  expect(bytes(owner.frames).length - before).toBeLessThan(1_200_000);
});

test("start over, asked for, gives the log anew", async () => {
  using place = newPlace();
  const near = await attached(place);
  near.type("echo se''en\r");
  await near.until("the output", shows("seen"));
  near.send("y");
  await near.until("the log", (frames) => has("Y")(frames) && has("L")(after(frames, "Y")));
  expect(bytes(after(near.frames, "Y")).toString()).toContain("seen\r\n");
});

test.each([
  ["a near line", 0.0005, 200e6, 256 * 1024, 600_000],
  ["a slow terminal, which must not look like a long line", 0.001, 2e6, 256 * 1024, 300_000],
  ["a line 50 ms long that carries 20 MB/s", 0.05, 20e6, 1_600_000, 2_800_000],
  ["one that carries more than the limit", 0.1, 1000e6, 8 << 20, 8 << 20],
])("the window suits %s", (_, trip, bandwidth, least, most) => {
  const [driver, library] = ["window.pl", "../../terminals/base/console"].map(
    (path) => new URL(path, import.meta.url).pathname,
  );
  const window = Number(execFileSync("perl", [driver ?? "", library ?? "", `${trip}`, `${bandwidth}`]));
  expect(window).toBeGreaterThanOrEqual(least);
  expect(window).toBeLessThanOrEqual(most);
});

test("a full-screen program whose output was cut is made to draw anew when its person is back", async () => {
  using place = newPlace({ PET_SCROLLBACK: "8000" });
  const first = await attached(place);
  const program =
    "trap 'printf redrawn' WINCH; printf '\\033[?1049h'; seq 1 9000; while :; do sleep 0.02; done\n";
  writeFileSync(`${place.home}/draw`, program);
  first.type("sh draw\r");
  await first.until("its output", shows("9000"));
  first.send("b");
  await first.closed;
  const second = await attached(place);
  second.resize(80, 24);
  await second.until("the drawing", shows("redrawn"));
  const sizes = (frames: readonly Frame[]) =>
    after(frames, "L")
      .filter(({ type }) => type === "R")
      .map(sizeOf);
  // The drawing may come between the two.
  await second.until("both sizes", (frames) => sizes(frames).length >= 2);
  expect(sizes(second.frames)).toEqual(["80x23", "80x24"]);
  second.resize(80, 24);
});

/** A far end that lies: whatever it sends, nothing outside of what was asked for comes to be. */

import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Door } from "../../../src/engine/engine.ts";
import { frame } from "../../../src/files/frames.ts";
import { getThrough } from "../../../src/files/get.ts";
import { PetError } from "../../../src/pet/errors.ts";
import { temporaryDirectory } from "../../support/temporary.ts";
import { doorOf } from "./doors.ts";
import { again, bytes, directory, end, file, hole, leave, link, ready } from "./streams.ts";

/** A door with nobody behind it but these bytes, in pieces of this size; then the line breaks. */
function doorWith(stream: Buffer, piece: number): Door {
  const stdout = new PassThrough();
  for (let at = 0; at < stream.length; at += piece) stdout.write(stream.subarray(at, at + piece));
  stdout.end();
  return doorOf(stdout);
}

/** What became of `get a` (and of more) with that answer, in a directory beside which there is something to be spoilt. */
async function got(parts: readonly Buffer[], { names = ["a"], piece = 7 } = {}) {
  const root = temporaryDirectory();
  const base = join(root, "base");
  mkdirSync(base);
  writeFileSync(join(root, "victim"), "as it was");
  mkdirSync(join(root, "outside"));
  const skipped: string[] = [];
  const code = await getThrough(
    doorWith(Buffer.concat([ready, ...parts]), piece),
    { paths: names, names, destination: ".", manner: "either" },
    { base, names },
    { entries: 0, bytes: 0 },
    (path) => skipped.push(String(path)),
  ).then(
    () => "whole",
    (error: unknown) => (error instanceof PetError ? error.code : String(error)),
  );
  return { code, root, base, skipped, there: readdirSync(base) };
}

function expectUnspoilt(root: string): void {
  expect(readdirSync(root).sort()).toEqual(["base", "outside", "victim"]);
  expect(readFileSync(join(root, "victim"), "utf8")).toBe("as it was");
  expect(readdirSync(join(root, "outside"))).toEqual([]);
}

describe("nothing comes of", () => {
  test.each<readonly [string, readonly Buffer[], string]>([
    [
      "a name with ../ in it",
      [directory(""), file("../victim"), bytes("x"), leave, end(2, 1)],
      "STREAM_UNTRUE",
    ],
    ["the name ..", [directory(""), directory(".."), file("victim"), leave, leave, end(3)], "STREAM_UNTRUE"],
    ["the name .", [directory(""), directory("."), leave, leave, end(2)], "STREAM_UNTRUE"],
    ["an absolute name", [directory(""), file("/tmp/pet-test-absolute"), leave, end(2)], "STREAM_UNTRUE"],
    ["a name with a zero byte", [directory(""), file("a\0b"), leave, end(2)], "STREAM_UNTRUE"],
    ["no name", [directory(""), file(""), leave, end(2)], "STREAM_UNTRUE"],
    ["a name too long", [directory(""), file("n".repeat(300)), leave, end(2)], "FILE_UNWRITABLE"],
    [
      "directories without end",
      [directory(""), ...Array.from({ length: 5000 }, () => directory("d"))],
      "FILE_UNWRITABLE",
    ],
    ["another name than was asked for", [file(".bashrc"), bytes("x"), end(1, 1)], "STREAM_UNTRUE"],
    ["more than was asked for", [file(""), file(""), end(2)], "STREAM_UNTRUE"],
    ["less than was asked for", [end(0)], "STREAM_UNTRUE"],
    ["a step out of the top", [leave, end(0)], "STREAM_UNTRUE"],
    [
      "a link, and a directory through it",
      [directory(""), link("l", "../../outside"), directory("l"), file("x"), leave, leave, end(4)],
      "FILE_UNWRITABLE",
    ],
    [
      "a link, and a file through it",
      [directory(""), link("l", "../../victim"), file("l"), bytes("x"), leave, end(3, 1)],
      "FILE_UNWRITABLE",
    ],
    [
      "a second name of what is not in the stream",
      [directory(""), again("h", 7), leave, end(2)],
      "STREAM_UNTRUE",
    ],
    [
      "a link as a file's second name",
      [directory(""), link("l", "/etc/passwd"), again("h", 1), leave, end(3)],
      "STREAM_UNTRUE",
    ],
    ["bytes of no file", [directory(""), bytes("x"), leave, end(1, 1)], "STREAM_UNTRUE"],
    ["a hole in a link", [link("", "x"), hole(5), end(1, 5)], "STREAM_UNTRUE"],
    [
      "holes that add up beyond all numbers",
      [file(""), hole(2 ** 52), hole(2 ** 52), end(1, 2 ** 53)],
      "STREAM_UNTRUE",
    ],
    ["a hole beyond all numbers", [file(""), frame("Z", Buffer.alloc(8, 0xff)), end(1)], "STREAM_UNTRUE"],
    ["a frame without end", [frame("D", Buffer.alloc(100_000))], "STREAM_UNTRUE"],
    ["a frame too short", [frame("F", Buffer.alloc(5))], "STREAM_UNTRUE"],
    ["a frame of no known kind", [frame("c", Buffer.from("device"))], "STREAM_UNTRUE"],
    ["another answer's word", [frame("K"), end(0)], "STREAM_UNTRUE"],
    ["an end that counts more things", [directory(""), file("x"), leave, end(3)], "STREAM_UNTRUE"],
    ["an end that counts otherwise", [file(""), bytes("abc"), end(1, 4)], "STREAM_UNTRUE"],
    ["an end within a directory", [directory(""), file("x"), end(2)], "STREAM_UNTRUE"],
    ["a line that breaks before the end", [file(""), bytes("abc")], "DOOR_LOST"],
  ])("%s", async (_, parts, expected) => {
    const { code, root, there } = await got(parts);
    expect({ code, there }).toEqual({ code: expected, there: [] });
    expectUnspoilt(root);
    expect(existsSync("/tmp/pet-test-absolute")).toBe(false);
  });
});

test("a device, which there is no word for, is left out by name", async () => {
  const { code, skipped, there } = await got([
    directory(""),
    frame("S", Buffer.from("a/null\0a device")),
    file("x"),
    leave,
    end(2),
  ]);
  expect({ code, skipped, there }).toEqual({ code: "whole", skipped: ["a/null"], there: ["a"] });
});

test("bits that give rights are dropped, and links are links that nothing was written through", async () => {
  const { code, root, base } = await got([
    directory("", 0o7777),
    file("set", { mode: 0o6755 }),
    link("out", "../../victim"),
    leave,
    end(3),
  ]);
  expect(code).toBe("whole");
  expect(lstatSync(join(base, "a")).mode & 0o7777).toBe(0o777);
  expect(lstatSync(join(base, "a/set")).mode & 0o7777).toBe(0o755);
  expect(lstatSync(join(base, "a/out")).isSymbolicLink()).toBe(true);
  expectUnspoilt(root);
});

test("a huge file of nothing takes no room", async () => {
  const size = 2 ** 40;
  const { code, base } = await got([file("", { size }), hole(size), end(1, size)]);
  const stats = lstatSync(join(base, "a"));
  expect({ code, size: stats.size, little: stats.blocks < 100 }).toEqual({
    code: "whole",
    size,
    little: true,
  });
});

test("a link that is in its place is replaced, not followed; one to a directory is in the way", async () => {
  const root = temporaryDirectory();
  const victim = join(root, "victim");
  writeFileSync(victim, "as it was");
  mkdirSync(join(root, "outside"));
  mkdirSync(join(root, "base"));
  const base = join(root, "base");
  symlinkSync(victim, join(base, "file"));
  symlinkSync(join(root, "outside"), join(base, "directory"));
  const bring = (name: string, parts: readonly Buffer[]) =>
    getThrough(
      doorWith(Buffer.concat([ready, ...parts]), 1000),
      { paths: [name], names: [name], destination: ".", manner: "either" },
      { base, names: [name] },
      { entries: 0, bytes: 0 },
      () => {},
    );
  await bring("file", [file(""), bytes("new"), end(1, 3)]);
  expect(readFileSync(victim, "utf8")).toBe("as it was");
  expect(lstatSync(join(base, "file")).isFile()).toBe(true);
  await expect(bring("directory", [directory(""), file("x"), leave, end(2)])).rejects.toMatchObject({
    code: "IN_THE_WAY",
  });
  expect(readdirSync(join(root, "outside"))).toEqual([]);
});

test("whatever the bytes, nothing is spoilt, and what is there is whole or not there", async () => {
  const piecesOf = [
    directory(""),
    directory("d"),
    directory(".."),
    file(""),
    file("x"),
    file("../victim"),
    link("l", "../../outside"),
    directory("l"),
    again("h", 1),
    bytes("abc"),
    hole(9),
    leave,
    end(1),
    end(2),
    end(3, 3),
    frame("K"),
  ];
  const streams = fc.array(
    fc.oneof(
      fc.constantFrom(...piecesOf),
      fc.uint8Array({ maxLength: 12 }).map((each) => Buffer.from(each)),
    ),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(streams, fc.integer({ min: 1, max: 40 }), async (parts, piece) => {
      const { code, root, there } = await got(parts, { piece });
      expectUnspoilt(root);
      expect(code).toMatch(/^[A-Za-z_]+$/);
      expect(there).toEqual(code === "whole" ? ["a"] : []);
    }),
    { numRuns: 150 },
  );
});

import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { eventReader, Untrue } from "../../../src/files/events.ts";
import { frame } from "../../../src/files/frames.ts";
import { pourThrough } from "../../../src/files/pour.ts";
import { tarWriter } from "../../../src/files/tar.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { temporaryDirectory } from "../../support/temporary.ts";
import { doorOf } from "./doors.ts";
import { again, bytes, directory, end, file, hole, leave, link, ready } from "./streams.ts";

async function archiveOf(parts: readonly Buffer[], names: readonly string[]): Promise<Buffer> {
  const archive: Buffer[] = [];
  const take = tarWriter(names, async (part) => void archive.push(Buffer.from(part)));
  const read = eventReader();
  for (const part of parts) for (const event of read(part)) await take(event);
  return Buffer.concat(archive);
}

/** Unpacked by tar itself. */
async function unpacked(parts: readonly Buffer[], names: readonly string[]): Promise<string> {
  const input = await archiveOf(parts, names);
  const root = join(temporaryDirectory(), "root");
  mkdirSync(root);
  const outcome = await runToEnd("tar", ["-xpf", "-", "-C", root], { input });
  expect(outcome).toMatchObject({ status: 0, stderr: "" });
  return root;
}

test("tar unpacks what was sent, as it was", async () => {
  const long = "long-".repeat(40);
  const root = await unpacked(
    [
      directory("", 0o750),
      file("plain", { size: 3, link: 1, mode: 0o640 }),
      bytes("abc"),
      again("second", 1),
      directory(long),
      file("\xff\xfe\n", { size: 4 }),
      bytes("1234"),
      leave,
      link("out", `../${long}`),
      file("holey", { size: 100_003 }),
      hole(100_000),
      bytes("end"),
      leave,
      file(""),
      end(8, 100_010),
    ],
    ["tree", "lone"],
  );
  const tree = join(root, "tree");
  expect(readdirSync(root).sort()).toEqual(["lone", "tree"]);
  expect(readdirSync(tree).sort()).toEqual(["holey", long, "out", "plain", "second"]);
  expect(readFileSync(join(tree, "plain"), "utf8")).toBe("abc");
  expect(lstatSync(join(tree, "plain")).ino).toBe(lstatSync(join(tree, "second")).ino);
  expect(lstatSync(join(tree, "plain")).mode & 0o777).toBe(0o640);
  expect(lstatSync(tree).mode & 0o777).toBe(0o750);
  expect(lstatSync(join(tree, "plain")).mtimeMs).toBe(1_000_000_000);
  expect(readlinkSync(join(tree, "out"))).toBe(`../${long}`);
  const [name] = readdirSync(join(tree, long), { encoding: "buffer" });
  expect(name?.toString("latin1")).toBe("\xff\xfe\n");
  const holey = readFileSync(join(tree, "holey"));
  expect([
    holey.length,
    holey.subarray(0, 100_000).every((byte) => byte === 0),
    String(holey.subarray(-3)),
  ]).toEqual([100_003, true, "end"]);
});

test("a file that has become shorter meanwhile is filled up, so that what follows is read", async () => {
  const root = await unpacked(
    [
      directory(""),
      file("short", { size: 2000 }),
      bytes("abc"),
      file("next", { size: 1 }),
      bytes("n"),
      leave,
      end(3, 4),
    ],
    ["tree"],
  );
  expect(lstatSync(join(root, "tree/short")).size).toBe(2000);
  expect(readFileSync(join(root, "tree/next"), "utf8")).toBe("n");
});

test.each<readonly [string, readonly Buffer[]]>([
  ["more than was asked for", [directory(""), leave, directory(""), file("etc"), leave, end(3)]],
  ["less than was asked for", [end(0)]],
  ["an end within a directory", [directory(""), end(1)]],
  [
    "a link, and a directory through it",
    [directory(""), link("l", "/etc"), directory("l"), leave, leave, end(3)],
  ],
  ["a link, and a file through it", [directory(""), link("l", "/etc/passwd"), file("l"), leave, end(3)]],
])("no archive is made of %s", async (_, parts) => {
  await expect(archiveOf(parts, ["a"])).rejects.toThrow(Untrue);
});

/** What pourThrough gives out for these names, when that comes out of the door. */
async function poured(parts: readonly Buffer[], paths: readonly string[]): Promise<Buffer> {
  const [stdout, output] = [new PassThrough(), new PassThrough()];
  stdout.end(Buffer.concat([ready, ...parts]));
  const asked = { paths, names: paths, destination: "standard output", manner: "either" } as const;
  await pourThrough(doorOf(stdout), asked, output, { entries: 0, bytes: 0 }, () => {});
  output.end();
  return await buffer(output);
}

test("what comes after a thing that is left out has its own name", async () => {
  const skipped = frame("S", Buffer.from("pipe\0a pipe"));
  const archive = await poured([skipped, file("", { size: 1 }), bytes("x"), end(1, 1)], ["pipe", "plain"]);
  const { stdout } = await runToEnd("tar", ["-tf", "-"], { input: archive });
  expect(stdout).toBe("plain\n");
});

test("of one file come its bytes, and of no other", async () => {
  expect(String(await poured([file(""), bytes("x"), end(1, 1)], ["a"]))).toBe("x");
  await expect(poured([file(""), bytes("x"), file("b"), bytes("y"), end(2, 2)], ["a"])).rejects.toMatchObject(
    {
      code: "STREAM_UNTRUE",
    },
  );
});

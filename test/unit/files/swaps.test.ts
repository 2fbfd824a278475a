/**
 * A place that whoever is inside shares (PET_MOUNTS): while a copy goes on, they put links in the place of directories.
 */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test, vi } from "vitest";
import { frameHeader } from "../../../src/files/frames.ts";
import { getThrough } from "../../../src/files/get.ts";
import { hold } from "../../../src/files/held.ts";
import { createOutlet } from "../../../src/files/outlet.ts";
import { settle } from "../../../src/files/settle.ts";
import { sendTree } from "../../../src/files/walk.ts";
import { temporaryDirectory } from "../../support/temporary.ts";
import { doorOf } from "./doors.ts";
import { again, bytes, directory, end, file, leave, ready } from "./streams.ts";

const patience = { timeout: 60_000, interval: 5 };

/** A directory that is shared, and one that is not, with a secret. */
function ground() {
  const root = temporaryDirectory();
  const [base, own] = [join(root, "shared"), join(root, "own")];
  for (const each of [base, own]) mkdirSync(each, 0o700);
  writeFileSync(join(own, "secret"), "secret", { mode: 0o600 });
  return { base, own };
}

function expectUnspoilt(own: string): void {
  expect(readdirSync(own)).toEqual(["secret"]);
  expect(readFileSync(join(own, "secret"), "utf8")).toBe("secret");
  expect([own, join(own, "secret")].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
}

/** Gets `a` to the shared place, from a far end that knows when something is there. */
function getting(base: string) {
  const stdout = new PassThrough();
  const ended = getThrough(
    doorOf(stdout),
    { paths: ["a"], names: ["a"], destination: ".", manner: "either" },
    { base, names: ["a"] },
    { entries: 0, bytes: 0 },
    () => {},
  ).then(
    () => "whole",
    (error: unknown) => error,
  );
  const stage = () => join(base, readdirSync(base).find((name) => name.startsWith(".pet-get-")) ?? "none");
  return {
    ended,
    async sends(parts: readonly Buffer[], until: string) {
      stdout.write(Buffer.concat(parts));
      await vi.waitFor(() => expect(existsSync(join(stage(), until))).toBe(true), patience);
      return join(stage(), until);
    },
    breaks: (parts: readonly Buffer[]) => stdout.end(Buffer.concat(parts)),
  };
}

function swap(path: string, to: string): void {
  renameSync(path, `${path}-moved`);
  symlinkSync(to, path);
}

test("nothing is made where a link leads that took the stage's place", async () => {
  const { base, own } = ground();
  const far = getting(base);
  swap(await far.sends([ready], "."), own);
  far.breaks([directory(""), file("authorized_keys"), bytes("x")]);
  await far.ended;
  expectUnspoilt(own);
});

test("nothing is made, and no mode is changed, where a link leads that took a directory's place", async () => {
  const { base, own } = ground();
  const far = getting(base);
  swap(await far.sends([ready, directory("", 0o777)], "a"), own);
  far.breaks([file("authorized_keys"), bytes("x"), leave, end(2, 1)]);
  await far.ended;
  expectUnspoilt(own);
});

test("a second name is none of what a link leads to", async () => {
  const { base, own } = ground();
  const far = getting(base);
  const begun = [ready, directory(""), directory("d"), file("secret", { link: 1 }), leave, directory("e")];
  await far.sends(begun, "a/e");
  const stage = readdirSync(base)[0] ?? "";
  swap(join(base, stage, "a/d"), own);
  far.breaks([again("name", 1), leave, leave, end(5)]);
  await far.ended;
  expect(statSync(join(own, "secret")).nlink).toBe(1);
  expectUnspoilt(own);
});

test("a directory is not moved out of, nor into, where a link leads", () => {
  const { base, own } = ground();
  const [stage, there] = [join(base, "stage"), join(base, "there")];
  for (const each of [stage, there, join(stage, "a"), join(there, "a")]) mkdirSync(each);
  const held = [stage, there].map((path) => hold(Buffer.from(path), Buffer.from(path)));
  const [from, to] = held;
  if (!from || !to) throw new Error("nothing is held");
  swap(stage, own);
  swap(there, own);
  mkdirSync(join(`${stage}-moved`, "a/new"));
  settle(from, to, ["a"]);
  for (const each of held) each.close();
  expect(readdirSync(join(`${there}-moved`, "a"))).toEqual(["new"]);
  expectUnspoilt(own);
});

test("what is put is what was in a directory, not where a link leads that took its place", async () => {
  const { base, own } = ground();
  const tree = join(base, "tree");
  mkdirSync(tree);
  for (const name of ["secret", "other"]) writeFileSync(join(tree, name), "harmless".repeat(400_000));
  const stream = new PassThrough({ highWaterMark: 1 });
  const outlet = createOutlet(stream, new Promise<never>(() => {}));
  const sent = sendTree([{ path: tree, name: "tree" }], outlet, { entries: 0, bytes: 0 }, () => {});
  // It waits for somebody to take what it has begun to send.
  await vi.waitFor(() => expect(stream.writableLength).toBeGreaterThan(0), patience);
  swap(tree, own);
  const taken: Buffer[] = [];
  stream.on("data", (part: Buffer) => taken.push(part));
  await sent;
  await outlet.flush();
  const all = Buffer.concat(taken).toString("latin1");
  expect(all).not.toContain(`${frameHeader("B", 6).toString("latin1")}secret`);
  expect(all.split("harmless").length - 1).toBeGreaterThan(700_000);
  expectUnspoilt(own);
});

import { expect, test } from "vitest";
import { ago, allStatusLines, statusLines } from "../../../src/cli/status-text.ts";
import type { PetStatus, TtyStatus } from "../../../src/flows/status.ts";

const now = new Date("2026-01-02T00:00:00Z");
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test.each([
  [0, "0 s"],
  [89, "89 s"],
  [90, "2 min"],
  [89 * 60, "89 min"],
  [90 * 60, "2 h"],
  [35 * 3600, "35 h"],
  [36 * 3600, "2 d"],
  [-5, "0 s"],
])("%i seconds ago is said as %s", (seconds, text) => {
  expect(ago(before(seconds), now)).toBe(text);
});

test("a time that is not known is a dash", () => {
  expect(ago(undefined, now)).toBe("–");
});

const tty: TtyStatus = {
  tty: "1",
  container: "pet-foo-1",
  state: "running",
  since: before(60),
  image: "pet/debian:1",
};
const pet: PetStatus = {
  instance: "foo",
  prefix: "pet",
  context: "default",
  home: "pet-foo-home",
  ttys: [tty],
};
const someone = { who: "me@here", role: "owner", cols: 80, rows: 24, since: now };

test.each<[string, Partial<TtyStatus>, string]>([
  ["nobody asked", {}, "1    pet-foo-1  running  60 s   pet/debian:1  –"],
  ["nobody there", { attached: [] }, "1    pet-foo-1  running  60 s   pet/debian:1  nobody"],
  [
    "two people",
    { attached: [someone, someone] },
    "1    pet-foo-1  running  60 s   pet/debian:1  me@here, me@here",
  ],
])("a TTY with %s", (_, more, line) => {
  expect(statusLines({ ...pet, ttys: [{ ...tty, ...more }] }, now)[1]).toBe(line);
});

test("what changed is said beside the state", () => {
  const line = (...outdated: readonly string[]) =>
    statusLines({ ...pet, ttys: [{ ...tty, outdated }] }, now)[1];
  expect(line("packages", "image recipe")).toContain("running, outdated: packages, image recipe  ");
  expect(line()).toContain("running  ");
});

test("who is at work, or what was cut short, is said beneath", () => {
  const beside = ["pet-foo-1.new"];
  const turn = { who: "ann@laptop", since: undefined };
  const cutShort = "begun and cut short: pet-foo-1.new; to complete it or take it back: foo --start";
  expect(statusLines({ ...pet, beside }, now, "foo")[2]).toBe(cutShort);
  expect(statusLines({ ...pet, ttys: [], beside }, now, "foo")).toContain(cutShort);
  expect(statusLines({ ...pet, beside, turn }, now).slice(2)).toEqual(["ann@laptop has been at work on foo"]);
  expect(statusLines({ ...pet, beside: [] }, now)).toHaveLength(2);
});

test("a pet of which only the home is left", () => {
  expect(statusLines({ ...pet, ttys: [] }, now)).toEqual(["no TTY of foo; its home is kept"]);
  expect(allStatusLines([{ ...pet, ttys: [] }], now)[1]).toMatch(/^foo +– +only a home/);
});

test("of all pets it is told when they were made, for a list knows no more", () => {
  const made = { ...tty, since: undefined, made: before(7200) };
  expect(allStatusLines([{ ...pet, ttys: [made] }], now)).toEqual([
    "PET  TTY  STATE    MADE  IMAGE",
    "foo  1    running  2 h   pet/debian:1",
  ]);
});

test("pets of one name under two prefixes are told apart", () => {
  const lines = allStatusLines([pet, { ...pet, prefix: "zoo" }, { ...pet, instance: "bar" }], now);
  expect(lines.slice(1).map((line) => line.split(" ")[0])).toEqual(["pet-foo", "zoo-foo", "bar"]);
});

test("the size of a home stands once beside all its TTYs, and below its own pet's", () => {
  const sized = { ...pet, homeBytes: 1_500_000, ttys: [tty, { ...tty, tty: "2" }] };
  const other = { ...pet, instance: "bar", homeBytes: undefined };
  expect(allStatusLines([sized, other], now)).toEqual([
    "PET  TTY  STATE    MADE  IMAGE         HOME",
    "foo  1    running  –     pet/debian:1  1.5 MB",
    "foo  2    running  –     pet/debian:1",
    "bar  1    running  –     pet/debian:1  –",
  ]);
  expect(statusLines(sized, now).at(-1)).toBe("pet-foo-home: 1.5 MB");
  expect(statusLines({ ...sized, ttys: [] }, now).at(-1)).toBe("pet-foo-home: 1.5 MB");
});

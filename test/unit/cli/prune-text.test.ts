import { expect, test } from "vitest";
import { unusedData, unusedLines } from "../../../src/cli/prune-text.ts";
import type { Tty } from "../../../src/engine/engine.ts";
import type { Unused } from "../../../src/flows/prune.ts";
import { label } from "../../../src/pet/labels.ts";
import type { ContainerName, HomeName } from "../../../src/pet/names.ts";

const now = new Date("2026-11-28T12:00:00Z");
const since = new Date("2026-11-25T12:00:00Z");
const tty = (name: string, over: Partial<Tty> = {}): Tty => ({
  name: name as ContainerName,
  id: "1",
  state: "exited",
  since,
  exitStatus: 0,
  image: "image",
  imageId: "1",
  labels: { [label.instance]: "foo" },
  ...over,
});
const nothing: Unused = { ttys: [], leftovers: [], images: [], kept: [], homes: [], unreadable: [] };
const image = { id: "sha256:0123456789abcdef", created: since, bytes: 412_000_000 };
const home = { name: "pet-foo-home" as HomeName, created: since, labels: {} };

test.each<[string, Partial<Unused>, string]>([
  ["a TTY that is stopped", { ttys: [tty("pet-foo-1")] }, "TTY|pet-foo-1|3 d|–|stopped"],
  [
    "a TTY that was never started",
    { ttys: [tty("pet-foo-1", { state: "created" })] },
    "TTY|pet-foo-1|3 d|–|never started",
  ],
  ["a leftover", { leftovers: [tty("pet-foo.mend")] }, "leftover|pet-foo.mend|3 d|–|of interrupted work"],
  [
    "an image with a name",
    { images: [{ ...image, name: "pet/debian:1" }] },
    "image|pet/debian:1|3 d|412 MB|no pet would use it",
  ],
  [
    "an image without",
    { images: [{ ...image, name: undefined }] },
    "image|0123456789ab|3 d|412 MB|built anew since",
  ],
  [
    "a TTY that alone remembers",
    { kept: [{ container: tty("pet-foo-1"), why: { kind: "remembers", othersRun: false } }] },
    "kept|pet-foo-1|3 d|–|kept; it alone remembers the pet's settings. Without them: pet foo --destroy --keep-home",
  ],
  [
    "a TTY that alone remembers, beside others",
    { kept: [{ container: tty("pet-foo-1"), why: { kind: "remembers", othersRun: true } }] },
    "kept|pet-foo-1|3 d|–|kept; it alone remembers the pet's settings",
  ],
  [
    "a TTY that somebody is at work on",
    { kept: [{ container: tty("pet-foo-1"), why: { kind: "at work", who: "ann@x" } }] },
    "kept|pet-foo-1|3 d|–|kept; ann@x is at work on it",
  ],
  [
    "a replacement that was cut short",
    { kept: [{ container: tty("pet-foo-1.new"), why: { kind: "halfway" } }] },
    "kept|pet-foo-1.new|3 d|–|kept; interrupted, and completed by: pet foo --start",
  ],
  [
    "a home",
    { homes: [{ home, destroy: "pet foo --destroy" }] },
    "home|pet-foo-home|3 d|–|kept; to remove it: pet foo --destroy",
  ],
  [
    "a home that pet did not label so",
    { homes: [{ home, destroy: undefined }] },
    "home|pet-foo-home|3 d|–|kept; its labels name no pet",
  ],
])("%s", (_, found, row) => {
  const [head, line, ...more] = unusedLines({ ...nothing, ...found }, "pet", now);
  expect(head?.split(/ {2,}/)).toEqual(["UNUSED", "NAME", "SINCE", "SIZE", "NOTE"]);
  expect(line?.split(/ {2,}/).join("|")).toBe(row);
  expect(more).toEqual([]);
});

test("nothing is no table, and data all the same", () => {
  expect(unusedLines(nothing, "pet", now)).toEqual([]);
  expect(unusedData(nothing)).toEqual(nothing);
});

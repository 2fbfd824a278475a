import { expect, test } from "vitest";
import { type Move, newName, placing, settling, shown, standingOf } from "../../../src/pet/beside.ts";
import {
  type ContainerName,
  containerName,
  firstTty,
  instanceName,
  prefixName,
} from "../../../src/pet/names.ts";

const place = containerName({ prefix: prefixName("pet"), instance: instanceName("foo"), tty: firstTty });
const other = containerName({ prefix: prefixName("pet"), instance: instanceName("foo-1"), tty: firstTty });

/** `new` beside, `old` beside, or the place's own as ``. */
const named = (suffix: string) => (suffix === "" ? place : `${place}.${suffix}`) as ContainerName;
const told = (moves: readonly Move[]) =>
  moves.map((move) => (move.do === "rename" ? `${move.from} → ${move.to}` : `end ${move.tty}`));

test("a name tells whose place it is about, and how it stands to it", () => {
  expect(standingOf(place)).toEqual({ place, standing: "in place" });
  expect(standingOf(newName(place))).toEqual({ place, standing: "new" });
  expect(standingOf(named("old"))).toEqual({ place, standing: "old" });
  expect(standingOf(named("mend"))).toEqual({ place: named("mend"), standing: "in place" });
});

const makeRoom = "pet-foo-1 → pet-foo-1.old";
const takePlace = "pet-foo-1.new → pet-foo-1";
const [endOld, endNew] = ["end pet-foo-1.old", "end pet-foo-1.new"];

test.each<[string, readonly string[], readonly string[]]>([
  ["all of it", ["", "new"], [makeRoom, takePlace, endOld]],
  ["where there is room already", ["new", "old"], [takePlace, endOld]],
  ["where the place was empty", ["new"], [takePlace]],
  ["where the place is taken", ["", "old"], [endOld]],
  ["where all was done", [""], []],
])("placing: %s", (_, there, moves) => {
  expect(told(placing(there.map(named)))).toEqual(moves);
});

test.each<[string, readonly string[], readonly string[]]>([
  ["one that is not proven goes", ["", "new"], [endNew]],
  ["one that room was made for takes the place", ["new", "old"], [takePlace, endOld]],
  ["one that has the place stays", ["", "old"], [endOld]],
  ["one that is alone comes back", ["old"], ["pet-foo-1.old → pet-foo-1"]],
  ["one that never was in a place goes", ["new"], [endNew]],
  ["what another made meanwhile stays", ["", "new", "old"], [endNew, endOld]],
  ["where nothing was begun nothing is done", [""], []],
])("settling: %s", (_, there, moves) => {
  expect(told(settling(there.map(named)))).toEqual(moves);
});

test("every place is settled for itself", () => {
  expect(told(settling([place, other, newName(other)]))).toEqual(["end pet-foo-1-1.new"]);
});

test("settling after it was itself cut short ends as it would have", () => {
  for (const there of [["", "new"], ["new", "old"], ["", "old"], ["old"], ["new"], ["", "new", "old"]]) {
    const whole = settling(there.map(named)).reduce(after, there.map(named));
    for (let done = 0; done <= settling(there.map(named)).length; done++) {
      const cut = settling(there.map(named)).slice(0, done).reduce(after, there.map(named));
      expect(settling(cut).reduce(after, cut)).toEqual(whole);
    }
  }
});

function after(there: readonly ContainerName[], move: Move): ContainerName[] {
  const gone = move.do === "end" ? move.tty : move.from;
  return [...there.filter((name) => name !== gone), ...(move.do === "rename" ? [move.to] : [])];
}

test("of a place one is shown: its own, else what is left of it", () => {
  const names = (suffixes: readonly string[]) =>
    shown(suffixes.map((suffix) => ({ name: named(suffix) }))).map(({ name }) => name);
  expect(names(["", "new", "old"])).toEqual([place]);
  expect(names(["new", "old"])).toEqual([named("old")]);
  expect(names(["new"])).toEqual([named("new")]);
  expect(shown([{ name: other }, { name: place }])).toHaveLength(2);
});

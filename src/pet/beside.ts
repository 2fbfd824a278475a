/**
 * Where a TTY is replaced, two containers stand beside its name for a while: the new one until it is proven, the old one
 * until it is gone. `.` keeps their names apart from every TTY's. What is to be done is decided from what is there, so
 * that whoever finds a replacement cut short can finish or undo it.
 */

import type { ContainerName } from "./names.ts";

/** In its place, about to take it, or having made room. */
export type Standing = "in place" | "new" | "old";

export type Move =
  | { readonly do: "rename"; readonly from: ContainerName; readonly to: ContainerName }
  | { readonly do: "end"; readonly tty: ContainerName };

export function newName(name: ContainerName): ContainerName {
  return `${name}.new` as ContainerName;
}

function oldName(name: ContainerName): ContainerName {
  return `${name}.old` as ContainerName;
}

/** Whose place a container of this name is about, and how it stands to it. */
export function standingOf(name: ContainerName): {
  readonly place: ContainerName;
  readonly standing: Standing;
} {
  const [, place = name, suffix] = /^(.*)\.(new|old)$/.exec(name) ?? [];
  return {
    place: place as ContainerName,
    standing: suffix === "new" || suffix === "old" ? suffix : "in place",
  };
}

/** The moves that put proven new ones in their places. Those that were made already are left out. */
export function placing(there: readonly ContainerName[]): readonly Move[] {
  return byPlace(there).flatMap(([place, standings]) => placingOne(place, standings));
}

/**
 * The moves that leave one of each replacement that was cut short. Room is made only for a new one that is proven; beside
 * one that is still in its place it may be anything.
 */
export function settling(there: readonly ContainerName[]): readonly Move[] {
  return byPlace(there).flatMap(([place, standings]) => settlingOne(place, standings));
}

function placingOne(place: ContainerName, there: ReadonlySet<Standing>): readonly Move[] {
  const making = there.has("new") && there.has("in place") && !there.has("old");
  const taking = there.has("new") && (making || !there.has("in place"));
  return [
    ...(making ? [{ do: "rename", from: place, to: oldName(place) } as const] : []),
    ...(taking ? [{ do: "rename", from: newName(place), to: place } as const] : []),
    ...(making || there.has("old") ? [{ do: "end", tty: oldName(place) } as const] : []),
  ];
}

function settlingOne(place: ContainerName, there: ReadonlySet<Standing>): readonly Move[] {
  if (there.has("new") && there.has("old") && !there.has("in place")) return placingOne(place, there);
  return [
    ...(there.has("old") && !there.has("in place")
      ? [{ do: "rename", from: oldName(place), to: place } as const]
      : []),
    ...(there.has("new") ? [{ do: "end", tty: newName(place) } as const] : []),
    ...(there.has("old") && there.has("in place") ? [{ do: "end", tty: oldName(place) } as const] : []),
  ];
}

function byPlace(names: readonly ContainerName[]): readonly (readonly [ContainerName, Set<Standing>])[] {
  const places = new Map<ContainerName, Set<Standing>>();
  for (const name of names) {
    const { place, standing } = standingOf(name);
    places.set(place, (places.get(place) ?? new Set()).add(standing));
  }
  return [...places];
}

/** Of all that stands about each place the one to be shown for it: a place is never empty while something is left. */
export function shown<One extends { readonly name: ContainerName }>(all: readonly One[]): readonly One[] {
  const order: readonly Standing[] = ["in place", "old", "new"];
  const rank = (one: One) => order.indexOf(standingOf(one.name).standing);
  const best = new Map<ContainerName, One>();
  for (const one of all) {
    const { place } = standingOf(one.name);
    const other = best.get(place);
    if (other === undefined || rank(one) < rank(other)) best.set(place, one);
  }
  return all.filter((one) => best.get(standingOf(one.name).place) === one);
}

/**
 * Of the containers that are pet's those that nobody uses: TTYs that are stopped, and what interrupted work has left. What
 * is about to be used, or remembers what nothing else does, is told and kept. Pure.
 */

import type { Home, Tty } from "../engine/engine.ts";
import { holderIn, isOwned, label } from "../pet/labels.ts";
import type { Census } from "./census.ts";

export interface Containers extends Census {
  /** Locks, and what stands beside TTYs. */
  readonly leftovers: readonly Tty[];
}

export interface Idle {
  readonly ttys: readonly Tty[];
  readonly leftovers: readonly Tty[];
  readonly kept: readonly Kept[];
}

export interface Kept {
  readonly container: Tty;
  readonly why: Why;
}

/**
 * `remembers`: no other TTY, nor the home, remembers the pet's settings as this one does.
 * `halfway`: a replacement of a TTY was cut short, and the next verb on the pet completes it.
 */
export type Why =
  | { readonly kind: "remembers"; readonly othersRun: boolean }
  | { readonly kind: "at work"; readonly who: string }
  | { readonly kind: "halfway" };

/** @param ours the pet, as a lock names it, that whoever asks has locked */
export function idleOf(there: Containers, now: Date, ours = ""): Idle {
  const ttys = there.ttys.filter(({ name }) => !name.includes("."));
  const stopped = ttys.filter((tty) => isStopped(tty, now));
  const holders = holdersIn(there.leftovers, now);
  holders.delete(ours);
  const remembering = lastToRemember(ttys, stopped, there.homes);
  const names = new Set(ttys.map(({ name }) => String(name)));

  const whyTty = (tty: Tty): Why | undefined => {
    const lock = holders.get(lockKeyOf(tty));
    if (lock !== undefined) return { kind: "at work", who: holderIn(lock.labels) };
    if (!remembering.has(tty)) return undefined;
    const siblings = ttys.filter((one) => lockKeyOf(one) === lockKeyOf(tty));
    return { kind: "remembers", othersRun: siblings.some((one) => !stopped.includes(one)) };
  };
  // What belongs to work that goes on is no leftover.
  const left = there.leftovers.filter((one) => !holders.has(lockKeyOf(one)) && !isHeld(one, now));
  const whyLeftover = (one: Tty): Why | undefined => {
    const [place, suffix] = partsOf(one.name);
    const halfway = (suffix === "new" || suffix === "old") && !names.has(place);
    return halfway || isUp(one) ? { kind: "halfway" } : undefined;
  };
  return {
    ttys: stopped.filter((tty) => whyTty(tty) === undefined),
    leftovers: left.filter((one) => whyLeftover(one) === undefined),
    kept: [...keptOf(stopped, whyTty), ...keptOf(left, whyLeftover)],
  };
}

/** The pet as its lock names it: `pet-foo`. */
export function lockKeyOf({ name, labels }: Tty): string {
  const { [label.prefix]: prefix, [label.instance]: instance } = labels;
  return prefix === undefined || instance === undefined ? partsOf(name)[0] : `${prefix}-${instance}`;
}

/** What was made a moment ago may be about to be started. Milliseconds. */
const aMoment = 10 * 60_000;

function isStopped({ state, since }: Tty, now: Date): boolean {
  if (state === "exited") return true;
  return state === "created" && since !== undefined && now.getTime() - since.getTime() > aMoment;
}

function isUp({ state }: Tty): boolean {
  return state === "running" || state === "paused" || state === "restarting";
}

/** Held, or about to be. */
function isHeld(one: Tty, now: Date): boolean {
  return isOwned(one.labels, "lock") && one.state !== "dead" && !isStopped(one, now);
}

/** The locks that are held, by the pets they keep others from. */
export function holdersIn(leftovers: readonly Tty[], now: Date): Map<string, Tty> {
  const held = leftovers.filter((one) => isHeld(one, now));
  return new Map(held.map((one) => [lockKeyOf(one), one]));
}

/**
 * The first TTY of a pet is what another laptop learns its settings from. It is not removed where what would be asked
 * then remembers others.
 */
function lastToRemember(
  ttys: readonly Tty[],
  stopped: readonly Tty[],
  homes: readonly Home[],
): ReadonlySet<Tty> {
  const firsts = new Map(ttys.toReversed().map((tty) => [lockKeyOf(tty), tty]));
  const needed = [...firsts].filter(([pet, first]) => {
    if (!stopped.includes(first)) return false;
    const remaining = ttys.find((tty) => lockKeyOf(tty) === pet && !stopped.includes(tty));
    const home = homes.find(({ labels }) => `${labels[label.prefix]}-${labels[label.instance]}` === pet);
    return (remaining ?? home)?.labels[label.spec] !== first.labels[label.spec];
  });
  return new Set(needed.map(([, first]) => first));
}

function keptOf(all: readonly Tty[], why: (one: Tty) => Why | undefined): readonly Kept[] {
  return all.flatMap((container) => {
    const reason = why(container);
    return reason === undefined ? [] : [{ container, why: reason }];
  });
}

/** `pet-foo-1.new`: what it stands beside, and how. */
function partsOf(name: string): readonly [place: string, suffix: string] {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot + 1)];
}

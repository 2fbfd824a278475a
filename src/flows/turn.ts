/**
 * Turns: a verb of several steps holds the pet's lock on the engine, and another waits until it is done. What is one
 * step needs no lock: it looks whether somebody has the turn, before and after.
 */

import { setTimeout as pause } from "node:timers/promises";
import type { Holder, Lock } from "../engine/engine.ts";
import { isFailure } from "../pet/errors.ts";
import type { Address } from "../pet/names.ts";
import { whoAmI } from "../system/person.ts";
import type { World } from "./world.ts";

type Pet = Pick<Address, "prefix" | "instance">;

/**
 * Has the pet to itself until `act` is done, which is given a world that says so: a turn within it is the same turn.
 * @param image any image of pet's own that the engine has. Where it has none there is nothing to be kept apart.
 * @param otherwise where the engine has no room for a lock: to make room may be what this is about
 */
export async function inTurn<Result>(
  world: World,
  pet: Pet,
  image: string | undefined,
  act: (world: World) => Promise<Result>,
  otherwise: "fail" | "go on" = "fail",
): Promise<Result> {
  const key = turnOf(pet);
  if (world.turn === key) return await act(world);
  const lock = image === undefined ? undefined : await waitedFor(world, pet, image, otherwise);
  try {
    return await act({ ...world, turn: key });
  } finally {
    // It dies with our line, should the engine not hear of this.
    await lock?.release().catch(() => {});
  }
}

/**
 * Does what is one step at once where nobody has the turn. Where somebody has, or had it meanwhile and may not have seen
 * what was done, it is done (once more) when they are finished.
 */
export async function betweenTurns<Result>(
  world: World,
  pet: Pet,
  act: (world: World) => Promise<Result>,
): Promise<Result> {
  if (world.turn === turnOf(pet)) return await act(world);
  const before = await holderOf(world, pet);
  if (before !== undefined) return await inTurn(world, pet, before.image, act);
  const [done] = await Promise.allSettled([act(world)]);
  // Somebody's turn may be what it failed by: a TTY has no name for a moment while it is replaced.
  if (done.status === "rejected" && !isFailure(done.reason, "NO_TTY", "NOT_RUNNING", "NAME_TAKEN"))
    throw done.reason;
  const after = await holderOf(world, pet);
  if (after !== undefined) return await inTurn(world, pet, after.image, act);
  if (done.status === "rejected") throw done.reason;
  return done.value;
}

async function waitedFor(
  world: World,
  pet: Pet,
  image: string,
  otherwise: "fail" | "go on",
): Promise<Lock | undefined> {
  let told = false;
  for (;;) {
    const holder = told ? undefined : await holderOf(world, pet);
    if (holder !== undefined) {
      world.report.note(waitingText(pet.instance, holder, new Date()));
      told = true;
    }
    try {
      return await world.engine.lock(turnOf(pet), whoAmI(), image);
    } catch (error) {
      if (isFailure(error, "NO_IMAGE")) return undefined;
      if (otherwise === "go on" && isFailure(error, "DISK_FULL")) return undefined;
      if (!isFailure(error, "LOCKED", "NAME_TAKEN")) throw error;
      await pause(100);
    }
  }
}

export async function holderOf(world: World, pet: Pet): Promise<Holder | undefined> {
  return await world.engine.lockedBy(turnOf(pet));
}

function turnOf({ prefix, instance }: Pet): string {
  return `${prefix}-${instance}`;
}

export function waitingText(instance: string, { who, since }: Holder, now: Date): string {
  return `waiting for ${who}, who has been at work on ${instance}${sinceText(since, now)}`;
}

/** With the day where that is not today's. */
export function sinceText(since: Date | undefined, now: Date): string {
  if (since === undefined) return "";
  const [day, today] = [since, now].map((date) => date.toLocaleDateString("sv"));
  const time = since.toLocaleTimeString("sv");
  return day === today ? ` since ${time}` : ` since ${day} ${time}`;
}

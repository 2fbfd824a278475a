/** `pet prune`: what is unused on the engine, and removing it. A home is told of and never touched. */

import type { Lock, Tty } from "../engine/engine.ts";
import { fail, isFailure, type PetError } from "../pet/errors.ts";
import { holderIn, isOwned, label } from "../pet/labels.ts";
import { whoAmI } from "../system/person.ts";
import { census } from "./census.ts";
import { holdersIn, type Idle, idleOf, lockKeyOf } from "./idle.ts";
import { type IdleHome, idleHomes } from "./idle-homes.ts";
import { rememberAll } from "./instances.ts";
import { type UnusedImage, unusedImages } from "./unused-images.ts";
import { wantedImages } from "./wanted-images.ts";
import type { World } from "./world.ts";

export interface Unused extends Idle {
  readonly images: readonly UnusedImage[];
  readonly homes: readonly IdleHome[];
  /** Why images are left alone, where some settings cannot be read. */
  readonly unreadable: readonly string[];
}

export async function unused(world: World): Promise<Unused> {
  const { engine } = world;
  const [there, leftovers, images] = await Promise.all([census(engine), engine.leftovers(), engine.images()]);
  const wanted = await wantedImages(world, there);
  const idle = idleOf({ ...there, leftovers }, new Date());
  return {
    ...idle,
    ttys: await Promise.all(idle.ttys.map((tty) => withSince(world, tty))),
    kept: await Promise.all(
      idle.kept.map(async ({ container, why }) => ({ container: await withSince(world, container), why })),
    ),
    images: unusedImages(images, wanted),
    homes: idleHomes(world, there),
    unreadable: wanted.unreadable,
  };
}

/** A list tells of creation alone. */
async function withSince({ engine }: World, tty: Tty): Promise<Tty> {
  const { since } = (await engine.inspect(tty.name)) ?? tty;
  return { ...tty, since };
}

export interface Outcome {
  readonly name: string;
  /** Why it was left where it is; undefined where it is gone. */
  readonly left?: PetError | undefined;
}

/** Each pet's under its lock, and only what is unused still when that is held. */
export async function removeContainers(
  world: World,
  containers: readonly Tty[],
): Promise<readonly Outcome[]> {
  const pets = Map.groupBy(containers, lockKeyOf);
  const outcomes: Outcome[] = [];
  for (const [pet, own] of pets) {
    // A lock that nobody holds is in the way of one that is to be held.
    const locks = own.filter((one) => isOwned(one.labels, "lock"));
    for (const lock of locks) outcomes.push(await removed(world, lock));
    const others = own.filter((one) => !locks.includes(one));
    if (others.length > 0) outcomes.push(...(await removeOfOne(world, pet, others)));
  }
  const { ttys } = await census(world.engine);
  rememberAll(
    world,
    ttys.map(({ labels }) => ({ instance: labels[label.instance] ?? "", tty: labels[label.tty] ?? "" })),
  );
  return outcomes;
}

async function removeOfOne(world: World, pet: string, own: readonly Tty[]): Promise<readonly Outcome[]> {
  const { engine } = world;
  let lock: Lock | undefined;
  try {
    lock = await locked(world, pet, own);
  } catch (error) {
    if (!isFailure(error, "LOCKED", "NAME_TAKEN", "FOREIGN")) throw error;
    return own.map(({ name }) => ({ name, left: error }));
  }
  try {
    const [there, leftovers] = await Promise.all([census(engine), engine.leftovers()]);
    const idle = idleOf({ ...there, leftovers }, new Date(), pet);
    const still = new Set([...idle.ttys, ...idle.leftovers].map(({ id }) => id));
    const outcomes: Outcome[] = [];
    for (const one of own) {
      const used = !still.has(one.id) && (await engine.inspect(one.name))?.id === one.id;
      outcomes.push(used ? leftInUse(one) : await removed(world, one));
    }
    return outcomes;
  } finally {
    // It dies with our line, should the engine not hear of this.
    await lock?.release().catch(() => {});
  }
}

/**
 * Who is at work is not waited for: there will be another prune. Where there is no room for a lock, or no image to hold
 * one with, nobody else has one either.
 */
async function locked({ engine }: World, pet: string, own: readonly Tty[]): Promise<Lock | undefined> {
  const held = holdersIn(await engine.leftovers(), new Date()).get(pet)?.labels;
  if (held !== undefined) throw fail("LOCKED", { holder: holderIn(held), since: held[label.since] ?? "?" });
  try {
    return await engine.lock(pet, whoAmI(), own[0]?.imageId ?? "");
  } catch (error) {
    if (isFailure(error, "DISK_FULL", "NO_IMAGE")) return undefined;
    throw error;
  }
}

/** One that has gone meanwhile is gone. */
async function removed({ engine }: World, one: Tty): Promise<Outcome> {
  const { name } = one;
  try {
    await engine.discard(one);
    return { name };
  } catch (error) {
    if (isFailure(error, "CONTAINER_IN_USE", "FOREIGN")) return { name, left: error };
    throw error;
  }
}

function leftInUse({ name }: Tty): Outcome {
  return { name, left: fail("CONTAINER_IN_USE", { name }) };
}

export async function removeImages(
  { engine }: World,
  images: readonly UnusedImage[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const image of images) {
    const name = image.name ?? image.id;
    try {
      await engine.removeImage(image, image.name);
      outcomes.push({ name });
    } catch (error) {
      if (!isFailure(error, "IMAGE_IN_USE", "FOREIGN")) throw error;
      outcomes.push({ name, left: error });
    }
  }
  return outcomes;
}

/** Makes a TTY run: image, home, container, whatever is missing. */

import { setTimeout as pause } from "node:timers/promises";
import type { Tty } from "../engine/engine.ts";
import { fail, isFailure } from "../pet/errors.ts";
import { label } from "../pet/labels.ts";
import { type ContainerName, containerName, homeName } from "../pet/names.ts";
import { type Presence, readySteps, sentence } from "../pet/plan.ts";
import { homeOf, workspaceOf } from "../pet/spec.ts";
import { type Census, census, presenceOf } from "./census.ts";
import { tellWhatIsElsewhere } from "./elsewhere.ts";
import { imageForTty } from "./image.ts";
import { rememberInstance } from "./instances.ts";
import { allChanges } from "./outdated-image.ts";
import { settled } from "./settle.ts";
import { askAboutPet, askAboutTty } from "./slip.ts";
import { betweenTurns } from "./turn.ts";
import { memoryOf, type Wish, wishFor } from "./wish.ts";
import type { Target, World } from "./world.ts";

/** Returns the container's name: a pet that its labels show under another prefix keeps that. */
export async function makeReady(world: World, target: Target): Promise<ContainerName> {
  const looked = await look(world, target);
  if (world.dryRun) return await plan(world, looked);
  return await betweenTurns(world, looked.wish.address, async (ours) => {
    // Whoever had the turn meanwhile may have changed all of it.
    const now = ours.turn === world.turn ? looked : await look(ours, target);
    return await ready(ours, target, now);
  });
}

interface Looked {
  readonly wish: Wish;
  readonly there: Census;
  /** What stands beside the pet's TTYs. */
  readonly beside: readonly Tty[];
}

async function look(world: World, target: Target): Promise<Looked> {
  const [there, beside] = await Promise.all([
    census(world.engine),
    world.engine.beside({ [label.instance]: target.address.instance }),
  ]);
  const wish = wishFor(world, target, there);
  return { wish, there, beside: beside.filter(({ labels }) => labels[label.prefix] === wish.address.prefix) };
}

async function ready(world: World, target: Target, looked: Looked, tries = looks): Promise<ContainerName> {
  const { wish, there, beside } = looked;
  if (beside.length > 0) {
    await settled(world, wish.address);
    return await ready(world, target, await look(world, target), tries);
  }
  const { name, presence } = presenceIn(looked);
  if (presence === "running") return name;
  if (wish.from === "defaults") await askAboutPet(world, wish.address, there);
  if (presence === "absent") await askAboutTty(world, wish.address);
  refuseMounts(world, wish);
  if (presence === "absent") {
    const image = await imageForTty(world, wish, there);
    if (!image.there) await image.obtain();
    tellWhatIsElsewhere(world, wish, `${name} is made`);
    await create(world, wish, image.tag);
  }
  try {
    await world.engine.start(name);
  } catch (error) {
    // A list may show what another makes a moment before that can be started, or what was removed since.
    if (!isFailure(error, "NO_TTY") || tries === 1) throw error;
    await pause(100);
    return await ready(world, target, await look(world, target), tries - 1);
  }
  rememberInstance(world, wish.address);
  return name;
}

async function plan(world: World, looked: Looked): Promise<ContainerName> {
  const { wish, there, beside } = looked;
  const { name, presence, found } = presenceIn(looked);
  const changes = found === undefined ? [] : await allChanges(world, wish, found);
  for (const { line } of changes) world.report.note(`waits for --recreate: ${line}`);
  for (const { name: left } of beside) world.report.answer(sentence({ do: "settle", tty: left }));
  if (presence === "running") return name;
  refuseMounts(world, wish);
  const image = presence === "absent" ? await imageForTty(world, wish, there) : undefined;
  const steps = readySteps({ tty: name, home: homeName(wish.address), image });
  for (const step of steps) world.report.answer(sentence(step));
  return name;
}

function presenceIn({ wish, there }: Looked): {
  readonly name: ContainerName;
  readonly presence: Presence;
  readonly found: Tty | undefined;
} {
  const name = containerName(wish.address);
  const found = there.ttys.find((tty) => tty.name === name);
  // One that is held paused runs, and has to be started all the same.
  return { name, found, presence: found?.state === "paused" ? "stopped" : presenceOf(found) };
}

/** @throws MOUNT_ON_REMOTE */
export function refuseMounts({ remote, context, call }: World, { settings }: Wish): void {
  if (remote && settings.mounts.length > 0) throw fail("MOUNT_ON_REMOTE", { context, call });
}

async function create(world: World, wish: Wish, tag: string): Promise<void> {
  const { address, settings } = wish;
  const memory = memoryOf(wish);
  await world.engine.ensureHome(homeOf(address, settings, memory));
  const workspace = workspaceOf(address, settings, tag, memory);
  for (let look = 1; ; look++) {
    try {
      return await world.engine.create(workspace);
    } catch (error) {
      // Somebody else makes it now: theirs is as good as ours, once it can be seen. A stranger's is said as FOREIGN.
      if (!isFailure(error, "NAME_TAKEN") || look === looks) throw error;
      const there = await world.engine.inspect(workspace.name);
      if (there !== undefined && there.state !== "dead") return;
    }
    await pause(100);
  }
}

/** A name is taken a while before its container is there, and a while after it has gone. */
const looks = 100;

/** Makes a TTY run: image, home, container, whatever is missing. */

import { setTimeout as pause } from "node:timers/promises";
import { fail, isFailure } from "../pet/errors.ts";
import { type ContainerName, containerName, homeName } from "../pet/names.ts";
import { readySteps, sentence } from "../pet/plan.ts";
import { homeOf, workspaceOf } from "../pet/spec.ts";
import { census, presenceOf } from "./census.ts";
import { imageForTty } from "./image.ts";
import { rememberInstance } from "./instances.ts";
import { askAboutPet, askAboutTty } from "./slip.ts";
import { memoryOf, type Wish, wishFor } from "./wish.ts";
import type { Target, World } from "./world.ts";

/** Returns the container's name: a pet that its labels show under another prefix keeps that. */
export async function makeReady(world: World, target: Target): Promise<ContainerName> {
  const there = await census(world.engine);
  const wish = wishFor(world, target, there);
  const name = containerName(wish.address);
  const found = there.ttys.find((tty) => tty.name === name);
  // One that is held paused runs, and has to be started all the same.
  const presence = found?.state === "paused" ? "stopped" : presenceOf(found);
  if (presence === "running") return name;
  if (!world.dryRun && wish.from === "defaults") await askAboutPet(world, wish.address, there);
  if (!world.dryRun && presence === "absent") await askAboutTty(world, wish.address);
  if (world.remote && wish.settings.mounts.length > 0) {
    throw fail("MOUNT_ON_REMOTE", { context: world.context, call: world.call });
  }

  const image = presence === "absent" ? await imageForTty(world, wish, there) : undefined;
  if (world.dryRun) {
    const wanted = { tty: name, home: homeName(wish.address), presence };
    const steps = readySteps({ ...wanted, image: image?.tag ?? "", imageThere: image?.there ?? true });
    for (const step of steps) world.report.answer(sentence(step));
    return name;
  }
  if (image !== undefined) {
    if (!image.there) await image.build();
    await create(world, wish, image.tag);
  }
  await world.engine.start(name);
  rememberInstance(world, wish.address);
  return name;
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

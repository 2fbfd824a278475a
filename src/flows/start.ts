/** `--start` and `--restart`: TTYs in the background. */

import { isFailure } from "../pet/errors.ts";
import { label } from "../pet/labels.ts";
import { type ContainerName, ttyName } from "../pet/names.ts";
import { sentence } from "../pet/plan.ts";
import { answer } from "./answer.ts";
import { callFor } from "./call.ts";
import { makeReady } from "./ready.ts";
import { chosen, type Extent, stop } from "./stop.ts";
import { whenUp } from "./up.ts";
import type { Target, World } from "./world.ts";

export async function start(world: World, target: Target, extent: Extent): Promise<void> {
  for (const one of await targets(world, target, extent)) await startOne(world, one);
}

/** Stops what runs, and starts it again. */
export async function restart(world: World, target: Target, extent: Extent): Promise<void> {
  await stop(world, target, extent);
  if (!world.dryRun) return await start(world, target, extent);
  const ttys = await chosen(world, target, extent);
  for (const tty of ttys) world.report.answer(sentence({ do: "start", tty: tty.name }));
}

export async function startOne(world: World, target: Target): Promise<void> {
  const name = await started(world, target).catch(async (error: unknown) => {
    // Somebody was removing, stopping or replacing it: that is over now.
    if (!isFailure(error, "NO_TTY", "NOT_RUNNING", "DOOR_LOST", "TTY_DIED")) throw error;
    return await started(world, target);
  });
  if (!world.dryRun) world.report.note(`${name} runs; go there with: ${callFor(world, target)}`);
}

/** In the background nobody would see it end at once: a command that does nothing has to run, which it does once all is ready. */
async function started(world: World, target: Target): Promise<ContainerName> {
  const name = await makeReady(world, target);
  if (world.dryRun) return name;
  await whenUp(world, name, () => answer(world.engine, name));
  return name;
}

async function targets(world: World, target: Target, extent: Extent): Promise<readonly Target[]> {
  if (extent === "this TTY") return [target];
  const all = await chosen(world, target, extent);
  return all.map((tty) => {
    const named = ttyName(tty.labels[label.tty] ?? target.address.tty);
    return { ...target, address: { ...target.address, tty: named } };
  });
}

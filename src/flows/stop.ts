/** `--stop` and `--restart`: the container stays, what ran in it ends. */

import type { Tty } from "../engine/engine.ts";
import { fail } from "../pet/errors.ts";
import { ttyLabels } from "../pet/labels.ts";
import { containerName } from "../pet/names.ts";
import { sentence } from "../pet/plan.ts";
import { presenceOf } from "./census.ts";
import { noPet } from "./no-pet.ts";
import { settled } from "./settle.ts";
import { betweenTurns } from "./turn.ts";
import type { Target, World } from "./world.ts";

export type Extent = "this TTY" | "every TTY";

export async function stop(world: World, target: Target, extent: Extent): Promise<void> {
  if (world.dryRun) return await stopWhatRuns(world, target, extent);
  await betweenTurns(world, target.address, async (ours) => {
    await settled(ours, target.address);
    await stopWhatRuns(ours, target, extent);
  });
}

async function stopWhatRuns(world: World, target: Target, extent: Extent): Promise<void> {
  const running = (await chosen(world, target, extent)).filter((tty) => presenceOf(tty) === "running");
  if (running.length === 0) world.report.note(`nothing of ${target.address.instance} runs`);
  await Promise.all(running.map((tty) => stopOne(world, tty)));
}

async function stopOne(world: World, tty: Tty): Promise<void> {
  if (world.dryRun) return world.report.answer(sentence({ do: "stop", tty: tty.name }));
  await world.engine.stop(tty.name);
  world.report.note(`stopped ${tty.name}`);
}

/** @throws NO_TTY where the extent names one that is not there, NO_PET where none is */
export async function chosen(world: World, { address }: Target, extent: Extent): Promise<readonly Tty[]> {
  if (extent === "every TTY") {
    const all = await world.engine.list(ttyLabels(address));
    if (all.length === 0) throw await noPet(world, address.instance);
    return all;
  }
  const name = containerName(address);
  const tty = await world.engine.inspect(name);
  if (tty === undefined) throw fail("NO_TTY", { name });
  return [tty];
}

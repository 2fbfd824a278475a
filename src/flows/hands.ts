/**
 * Recreating over a home that changes hands: two uids cannot share one, so what runs of the pet is stopped first, and
 * comes back where the new one does not come up.
 */

import { PetError } from "../pet/errors.ts";
import { ttyLabels } from "../pet/labels.ts";
import { answer } from "./answer.ts";
import { presenceOf } from "./census.ts";
import type { Renewal } from "./renewal.ts";
import { ownerOf, refuseShared, whenUp } from "./up.ts";
import type { World } from "./world.ts";

/** @throws HOME_SHARED where a TTY that is not to be renewed uses the home as somebody else */
export async function overMovingHome(
  world: World,
  renewals: readonly Renewal[],
  renew: (one: Renewal) => Promise<void>,
): Promise<void> {
  const mover = moverAmong(renewals);
  const stopped = mover === undefined ? [] : await stopAll(world, renewals, mover);
  for (const [index, one] of renewals.entries()) {
    try {
      await renew(one);
    } catch (error) {
      // After the first the home is the new uid's, and somebody is in it.
      if (index === 0) await bringBack(world, stopped);
      throw error;
    }
  }
}

/** One that is to run as another uid than now. */
export function moverAmong(renewals: readonly Renewal[]): Renewal | undefined {
  return renewals.find(({ tty, wish }) => ownerOf(tty).uid !== wish.settings.uid);
}

async function stopAll(
  world: World,
  renewals: readonly Renewal[],
  { name, wish, target }: Renewal,
): Promise<readonly Renewal[]> {
  const all = await world.engine.list(ttyLabels(target.address));
  const others = all.filter((tty) => !renewals.some((one) => one.tty.name === tty.name));
  refuseShared(world, name, wish.settings, others);
  const running = renewals.filter(({ tty }) => presenceOf(tty) === "running");
  for (const one of running) {
    await world.engine.stop(one.name);
    world.report.note(`stopped ${one.name}: its home changes hands`);
  }
  return running;
}

async function bringBack(world: World, stopped: readonly Renewal[]): Promise<void> {
  for (const { name } of stopped) {
    try {
      await world.engine.start(name);
      await whenUp(world, name, () => answer(world.engine, name));
      world.report.note(`${name} runs again`);
    } catch (error) {
      if (!(error instanceof PetError)) throw error;
      // The failure that led here is the one to be told.
      world.report.note(`${name} is stopped still: ${error.message}`);
    }
  }
}

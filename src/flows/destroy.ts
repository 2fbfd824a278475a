/** `--destroy`: every TTY of the pet, running or not, and its home, after the name was typed back. */

import { fail, isFailure } from "../pet/errors.ts";
import { homeLabels, ttyLabels } from "../pet/labels.ts";
import { homeName, mendingName } from "../pet/names.ts";
import { destroySteps, type Step, sentence } from "../pet/plan.ts";
import { forgetInstance } from "./instances.ts";
import { noPet } from "./no-pet.ts";
import { inTurn } from "./turn.ts";
import type { Target, World } from "./world.ts";

export type Fate = "remove home" | "keep home";

/** TTYs may be made while others are removed; after so many looks something else is wrong. */
const looks = 5;

export async function destroy(world: World, target: Target, fate: Fate): Promise<void> {
  const { instance } = target.address;
  const found = await look(world, target, fate);
  if (found.steps.length === 0) throw await noPet(world, instance);
  for (const step of found.steps) say(world, sentence(step));
  if (world.dryRun) return;
  const what = fate === "remove home" ? "and every file in its home" : "but not its home";
  if (!(await world.ask.typedBack(`This removes ${instance} ${what}. Type its name to go on:`, instance))) {
    throw fail("NOT_CONFIRMED", { name: instance });
  }
  // A pet without TTYs leaves a single step, which needs no turn (and there may be no image to hold one with).
  await inTurn(world, target.address, found.image, (ours) => removeAll(ours, target, fate), "go on");
  forgetInstance(world, target.address);
  world.report.note(fate === "remove home" ? `${instance} is gone` : `${instance} is gone; its home is kept`);
}

function say(world: World, line: string): void {
  if (world.dryRun) world.report.answer(line);
  else world.report.note(line);
}

async function look(
  world: World,
  { address }: Target,
  fate: Fate,
): Promise<{ readonly steps: readonly Step[]; readonly image: string | undefined }> {
  const ttys = await world.engine.list(ttyLabels(address));
  const homes = fate === "keep home" ? [] : await world.engine.homes(homeLabels(address));
  const home = homes.length === 0 ? undefined : homeName(address);
  return { steps: destroySteps({ ttys: ttys.map((tty) => tty.name), home }), image: ttys[0]?.imageId };
}

async function removeAll(world: World, target: Target, fate: Fate): Promise<void> {
  await world.engine.remove(mendingName(target.address));
  for (let round = 1; ; round++) {
    const { steps } = await look(world, target, fate);
    if (steps.length === 0) return;
    try {
      for (const step of steps) {
        if (step.do === "remove") await world.engine.remove(step.tty);
        if (step.do === "remove-home") await world.engine.removeHome(step.home);
      }
    } catch (error) {
      if (!isFailure(error, "HOME_IN_USE") || round === looks) throw error;
    }
  }
}

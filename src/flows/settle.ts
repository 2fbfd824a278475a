/** What a recreation that was cut short left of a pet, finished or undone before anything else is done with it. */

import { ttyLabels } from "../pet/labels.ts";
import type { Address } from "../pet/names.ts";
import { inTurn } from "./turn.ts";
import type { World } from "./world.ts";

/** Waits where it is no leftover, but somebody's that goes on. */
export async function settled(world: World, pet: Pick<Address, "prefix" | "instance">): Promise<void> {
  const [left] = await world.engine.beside(ttyLabels(pet));
  if (left === undefined) return;
  await inTurn(world, pet, left.imageId, (ours) => ours.engine.settle(ttyLabels(pet)));
}

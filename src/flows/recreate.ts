/**
 * `--recreate`: a new container for what changed, over the same home. The old one goes only when the new one has answered;
 * until then nothing of it is touched, unless the home changes hands.
 */

import { ttyLabels } from "../pet/labels.ts";
import { overMovingHome } from "./hands.ts";
import { obtainMissing } from "./image.ts";
import { renew } from "./renew.ts";
import { renewalsOf, wanted } from "./renewal.ts";
import type { Extent } from "./stop.ts";
import { inTurn } from "./turn.ts";
import type { Target, World } from "./world.ts";

/** @throws NO_TTY, NO_PET, NOT_RENEWED where the new one does not answer */
export async function recreate(world: World, target: Target, extent: Extent): Promise<void> {
  const found = await wanted(world, target, extent);
  if (world.dryRun) {
    const { tellRecreation } = await import("./recreate-plan.ts");
    return await tellRecreation(world, await renewalsOf(world, target, found));
  }
  await inTurn(world, target.address, found[0]?.imageId, async (ours) => {
    await ours.engine.settle(ttyLabels(target.address));
    const renewals = await renewalsOf(ours, target, await wanted(ours, target, extent));
    await obtainMissing(renewals.map(({ image }) => image));
    await overMovingHome(ours, renewals, (one) => renew(ours, one));
  });
}

/** `--recreate --dry-run`: what changed, key by key, the steps, and the sessions that would end. */

import { sentence } from "../pet/plan.ts";
import { moverAmong } from "./hands.ts";
import type { Renewal } from "./renewal.ts";
import type { World } from "./world.ts";

export async function tellRecreation(world: World, renewals: readonly Renewal[]): Promise<void> {
  moverAmong(renewals);
  for (const { name, image } of renewals) {
    world.report.answer(sentence({ do: "replace", tty: name, image: image.tag }));
  }
}

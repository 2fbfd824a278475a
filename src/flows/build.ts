/** `--build`: the image of this pet's settings, or a word that it is there already. */

import { sentence } from "../pet/plan.ts";
import { census } from "./census.ts";
import { imageFor, type Manner } from "./image.ts";
import { wishFor } from "./wish.ts";
import type { Target, World } from "./world.ts";

/** @param anew builds what is there already once more, in this manner */
export async function build(world: World, target: Target, anew: Manner | undefined): Promise<void> {
  const wish = wishFor(world, target, await census(world.engine));
  const image = await imageFor(world, wish, anew);
  if (image.there && anew === undefined) {
    world.report.note(`nothing changed: ${image.tag} is there`);
  } else if (world.dryRun) {
    world.report.answer(sentence({ do: "build", tag: image.tag }));
  } else {
    await image.build();
    world.report.note(`built ${image.tag}`);
  }
}

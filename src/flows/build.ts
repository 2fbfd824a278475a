/** `--build`: the image of this pet's settings, or a word that it is there already. */

import { imageStep, sentence } from "../pet/plan.ts";
import { census } from "./census.ts";
import { imageFor } from "./image.ts";
import type { Manner } from "./needed-image.ts";
import { wishFor } from "./wish.ts";
import type { Target, World } from "./world.ts";

/** @param anew builds, or pulls, what is there already once more, in this manner */
export async function build(world: World, target: Target, anew: Manner | undefined): Promise<void> {
  const { engine, report, dryRun } = world;
  const wish = wishFor(world, target, await census(engine));
  const image = await imageFor(world, wish, anew);
  const isWanted = !image.there || (image.way === "pull" ? anew?.pull === true : anew !== undefined);
  if (!isWanted) {
    report.note(`nothing changed: ${image.tag} is there`);
  } else if (dryRun) {
    report.answer(sentence(imageStep(image)));
  } else {
    const before = (await engine.image(image.tag))?.id;
    await image.obtain();
    const same = image.way === "pull" && before === (await engine.image(image.tag))?.id;
    const done = image.way === "build" ? "built" : "pulled";
    report.note(same ? `nothing changed: the registry has no other ${image.tag}` : `${done} ${image.tag}`);
  }
}

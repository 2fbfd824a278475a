/** `push`: the image of this pet's settings, published under a name of a registry. */

import { fail } from "../pet/errors.ts";
import { imageStep, sentence } from "../pet/plan.ts";
import { objectionTo, type Reference, readReference, written } from "../pet/reference.ts";
import { census } from "./census.ts";
import { imageFor } from "./image.ts";
import { wishFor } from "./wish.ts";
import type { Target, World } from "./world.ts";

/** Answers with the reference that names this very image wherever the registry is reached. */
export async function push(world: World, target: Target, name: string): Promise<void> {
  const { engine, report } = world;
  const goal = goalOf(world, name);
  const reference = written(goal);
  const image = await imageFor(world, wishFor(world, target, await census(engine)));
  if (world.dryRun) {
    if (!image.there) report.answer(sentence(imageStep(image)));
    report.answer(sentence({ do: "push", tag: image.tag, reference }));
    return;
  }
  if (!image.there) await image.obtain();
  let digest = "";
  const events = async function* () {
    digest = yield* engine.push(image.tag, reference);
  };
  await report.follow(`pushing ${reference}`, events());
  const published = written({ ...goal, digest });
  report.answer(published);
  report.note(`to make pets from it, here or elsewhere: pet NAME PET_IMAGE=${published}`);
}

/** @throws BAD_PUSH_NAME */
function goalOf({ call }: World, name: string): Reference {
  const goal = readReference(name);
  const reason =
    goal === undefined
      ? objectionTo(name)
      : goal.digest !== undefined
        ? "has a digest, which is the registry's to give"
        : /^library\//.test(goal.path) && !name.includes("/")
          ? "names no registry"
          : undefined;
  if (goal !== undefined && reason === undefined) return goal;
  throw fail("BAD_PUSH_NAME", { name, reason: reason ?? "is no reference", call });
}

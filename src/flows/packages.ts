/**
 * `add` and `drop`: other packages in the image, and the pet's TTYs made anew from it. The .env file is written once the
 * image is there, so that a build that fails or is interrupted leaves everything as it was.
 */

import { readEnvFile, writeEnvFile } from "../config/env-file.ts";
import { isPackageName } from "../config/list-types.ts";
import { fail } from "../pet/errors.ts";
import { ttyLabels } from "../pet/labels.ts";
import type { PackageWords } from "../pet/package-list.ts";
import { imageStep, sentence } from "../pet/plan.ts";
import { obtainMissing } from "./image.ts";
import { located } from "./locate.ts";
import { type PackagePlan, packagePlan } from "./package-plan.ts";
import { recreate } from "./recreate.ts";
import { tellRecreation } from "./recreate-plan.ts";
import { inTurn } from "./turn.ts";
import type { Target, World } from "./world.ts";

/** @throws BAD_PACKAGE, UNKNOWN_PACKAGE, PREBUILT_IMAGE, and what `recreate` throws */
export async function changePackages(world: World, named: Target, words: PackageWords): Promise<void> {
  const wrong = words.names.find((name) => !isPackageName(name));
  if (wrong !== undefined) throw fail("BAD_PACKAGE", { name: wrong });
  const target = await located(world, named);
  if (world.dryRun) return await tell(world, target, words);
  const [any] = await world.engine.list(ttyLabels(target.address));
  await inTurn(world, target.address, any?.imageId, async (ours) => {
    const plan = await carriedOut(ours, target, words);
    if (plan === undefined) return;
    if (plan.renewals.length > 0) await recreate(ours, target, "every TTY");
    else ours.report.note(`go there with: ${ours.call}`);
  });
}

async function tell(world: World, target: Target, words: PackageWords): Promise<void> {
  const plan = await packagePlan(world, target, words);
  if (plan === undefined) return;
  world.report.answer(`write ${plan.file.path}: ${plan.entry}`);
  if (plan.renewals.length > 0) return await tellRecreation(world, plan.renewals);
  for (const image of plan.images) if (!image.there) world.report.answer(sentence(imageStep(image)));
}

/** Returns what is left to be done: the TTYs. */
async function carriedOut(
  world: World,
  target: Target,
  words: PackageWords,
): Promise<PackagePlan | undefined> {
  for (;;) {
    const plan = await packagePlan(world, target, words);
    if (plan === undefined) return undefined;
    await obtainMissing(plan.images);
    // Whoever wrote the file while the image was built wishes for another one.
    if (readEnvFile(target.envFile).text !== plan.file.text) continue;
    if (plan.text === plan.file.text) return plan;
    writeEnvFile(plan.file.path, plan.text);
    world.report.note(`wrote ${plan.file.path}`);
    return plan;
  }
}

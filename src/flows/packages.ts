/**
 * `add` and `drop`: other packages in the image, and the pet's TTYs made anew from it. The .env file is written once the
 * image is there, so that a build that fails or is interrupted leaves everything as it was.
 */

import { readEnvFile, writeEnvFile } from "../config/env-file.ts";
import { isPackageName } from "../config/list-types.ts";
import { fail } from "../pet/errors.ts";
import type { PackageWords } from "../pet/package-list.ts";
import { sentence } from "../pet/plan.ts";
import { imageFor } from "./image.ts";
import { type PackagePlan, packagePlan } from "./package-plan.ts";
import type { Target, World } from "./world.ts";

/** @throws BAD_PACKAGE, UNKNOWN_PACKAGE */
export async function changePackages(world: World, target: Target, words: PackageWords): Promise<void> {
  const wrong = words.names.find((name) => !isPackageName(name));
  if (wrong !== undefined) throw fail("BAD_PACKAGE", { name: wrong });
  const plan = await (world.dryRun ? told(world, target, words) : builtAndWritten(world, target, words));
  if (plan === undefined) return;
  if (plan.ttys.length === 0) world.report.note(`go there with: ${world.call}`);
}

async function told(world: World, target: Target, words: PackageWords): Promise<PackagePlan | undefined> {
  const plan = await packagePlan(world, target, words);
  if (plan === undefined) return undefined;
  const image = await imageFor(world, plan.wish);
  world.report.answer(`write ${plan.file.path}: ${plan.entry}`);
  if (!image.there) world.report.answer(sentence({ do: "build", tag: image.tag }));
  return plan;
}

async function builtAndWritten(
  world: World,
  target: Target,
  words: PackageWords,
): Promise<PackagePlan | undefined> {
  for (;;) {
    const plan = await packagePlan(world, target, words);
    if (plan === undefined) return undefined;
    const image = await imageFor(world, plan.wish);
    if (!image.there) await image.build();
    // Whoever wrote the file while the image was built wishes for another one.
    if (readEnvFile(target.envFile).text !== plan.file.text) continue;
    writeEnvFile(plan.file.path, plan.text);
    world.report.note(`wrote ${plan.file.path}`);
    return plan;
  }
}

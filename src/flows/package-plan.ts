/** What `add` or `drop` comes to for one pet: its packages as they will be, and the text of its .env file. */

import { changedText } from "../config/change.ts";
import { rememberedPackages } from "../config/difference.ts";
import { type EnvFile, readEnvFile } from "../config/env-file.ts";
import { packageNames } from "../config/list-types.ts";
import { rows } from "../config/schema.ts";
import { fail } from "../pet/errors.ts";
import { label } from "../pet/labels.ts";
import { changed, type PackageWords, sameNames } from "../pet/package-list.ts";
import { census } from "./census.ts";
import { imageFor } from "./image.ts";
import type { NeededImage } from "./needed-image.ts";
import { type Renewal, renewalsOf } from "./renewal.ts";
import { askAboutPet } from "./slip.ts";
import { type Wish, wishFor } from "./wish.ts";
import { rememberedChanges } from "./wish-file.ts";
import type { Target, World } from "./world.ts";

export interface PackagePlan {
  /** The TTYs there are, and what they will be. */
  readonly renewals: readonly Renewal[];
  /** Of each of them, or of the one that would be made first. */
  readonly images: readonly NeededImage[];
  readonly file: EnvFile;
  /** What the file is to say. */
  readonly text: string;
  /** Of it, the packages. */
  readonly entry: string;
}

/**
 * What the TTYs have counts as well as what the file wishes for: it may be another laptop's, which has a file of its own.
 * Undefined where all is as it was asked to be. Says what is so already.
 */
export async function packagePlan(
  world: World,
  target: Target,
  words: PackageWords,
): Promise<PackagePlan | undefined> {
  const file = readEnvFile(target.envFile);
  const there = await census(world.engine);
  const wish = wishFor(world, target, there);
  if (!world.dryRun && wish.from === "defaults") await askAboutPet(world, wish.address, there);
  if (wish.settings.image !== "")
    throw fail("PREBUILT_IMAGE", { image: wish.settings.image, call: world.call });
  const { prefix, instance } = wish.address;
  const ttys = there.ttys.filter(
    ({ labels }) => labels[label.prefix] === prefix && labels[label.instance] === instance,
  );
  const had = ttys.map((tty) => rememberedPackages(tty.labels[label.spec]));

  const { key } = rows.packages;
  const written = file.values.get(key);
  const wished = written === undefined ? wish.settings.packages : packageNames(written.text);
  const all = [...new Set([...wished, ...had.flat()])];
  const { packages, already } = changed(all, words);
  for (const line of already) world.report.note(line);
  for (const name of packages.filter((one) => !wished.includes(one) && !words.names.includes(one))) {
    world.report.note(
      `${name} stays, which ${instance} has though the file does not say so; to take it out: ${world.call} drop ${name}`,
    );
  }
  if ([wish.settings.packages, ...had].every((list) => sameNames(list, packages))) return undefined;

  const value = packages.join(" ");
  const changes = new Map(await rememberedChanges(world, target, file)).set(
    key,
    value === "" ? undefined : value,
  );
  const wishing = (one: Wish) => ({ ...one, settings: { ...one.settings, packages: packages.toSorted() } });
  const renewals = await Promise.all(
    (await renewalsOf(silent(world), target, ttys)).map(async (one) => {
      const other = wishing(one.wish);
      return { ...one, wish: other, image: await imageFor(world, other) };
    }),
  );
  return {
    renewals,
    images:
      renewals.length === 0 ? [await imageFor(world, wishing(wish))] : renewals.map(({ image }) => image),
    file,
    text: changedText(file, changes, instance),
    entry: `${key}=${value}`,
  };
}

/** What there is to say of the settings was said above, or will be by the recreation. */
function silent(world: World): World {
  return { ...world, report: { ...world.report, note: () => {} } };
}

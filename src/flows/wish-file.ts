/** The .env file as flows change it: begun from what the engine remembers, and followed by a word on what waits. */

import { differences } from "../config/difference.ts";
import type { Changes } from "../config/env-edit.ts";
import { type EnvFile, writeEnvFile } from "../config/env-file.ts";
import { readSettings, valuesFrom } from "../config/settings.ts";
import { isFailure } from "../pet/errors.ts";
import { label, ttyLabels } from "../pet/labels.ts";
import { prefixName, ttyName } from "../pet/names.ts";
import { callFor } from "./call.ts";
import { type Census, census } from "./census.ts";
import { tellWhatIsElsewhere } from "./elsewhere.ts";
import { changedKeys } from "./outdated.ts";
import { type Wish, wishFor } from "./wish.ts";
import type { Target, World } from "./world.ts";

/**
 * The first file of a pet that exists begins with what the engine remembers of it, not with the defaults.
 * @param given the keys that are given beside
 */
export async function rememberedChanges(
  world: World,
  target: Target,
  file: EnvFile,
  given: readonly string[] = [],
): Promise<Changes> {
  if (file.exists) return new Map();
  const wish = await wishNow(world, target).catch((error: unknown) => {
    // Writing them down is the way out where they cannot be read.
    if (isFailure(error, "BROKEN_SPEC")) return undefined;
    throw error;
  });
  if (wish?.from !== "engine") return new Map();
  const elsewhere = wish.elsewhere.filter((key) => !given.includes(key));
  tellWhatIsElsewhere(world, { elsewhere }, "the file is");
  const { settings } = wish;
  const kept = new Set(differences(readSettings(target.envFile).settings, settings).map(({ key }) => key));
  return new Map([...valuesFrom(settings)].filter(([key]) => kept.has(key)));
}

/** What counts now. An engine that does not answer has nothing to say; the defaults stand then. */
export async function wishNow(world: World, target: Target): Promise<Wish> {
  const near = readSettings(target.envFile);
  if (near.from === "file") return { ...near, address: target.address, elsewhere: [] };
  const nothing: Census = { ttys: [], homes: [] };
  return wishFor(world, target, await orNothing(() => census(world.engine), nothing));
}

/** Writes the file and ends by saying what changes on a pet that runs. */
export async function writeWishes(world: World, target: Target, text: string | Buffer): Promise<void> {
  writeEnvFile(target.envFile, text);
  world.report.note(`wrote ${target.envFile}`);
  await tellWhatWaits(world, target);
}

/** Key by key, with what to type. The file stands all the same where an engine does not answer now. */
async function tellWhatWaits(world: World, target: Target): Promise<void> {
  const near = readSettings(target.envFile);
  // Of the pet that the file now means: another prefix is another pet.
  const address = { ...target.address, prefix: prefixName(near.settings.prefix) };
  const ttys = await orNothing(() => world.engine.list(ttyLabels(address)), []);
  const waiting = ttys
    .map((tty) => ({ tty, changes: changedKeys(near, tty) }))
    .filter(({ changes }) => changes.length > 0);
  for (const { tty, changes } of waiting) {
    for (const { line } of changes) world.report.note(`waits for ${tty.name}: ${line}`);
  }
  const [one, ...more] = waiting;
  if (one === undefined) return;
  const tty = ttyName(one.tty.labels[label.tty] ?? "");
  const call = callFor(world, { ...target, address: { ...address, tty } });
  world.report.note(
    `to apply: ${more.length === 0 ? `${call} --recreate` : `${world.call} --recreate --all`}`,
  );
}

async function orNothing<Result>(look: () => Promise<Result>, nothing: Result): Promise<Result> {
  try {
    return await look();
  } catch (error) {
    if (isFailure(error, "ENGINE_UNREACHABLE", "ENGINE_PERMISSION", "CONTEXT_UNSUPPORTED")) return nothing;
    throw error;
  }
}

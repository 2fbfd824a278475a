/** `--config`: the pet's wishes, asked, set or printed. */

import { changedText, changesFrom, printedValue } from "../config/change.ts";
import { differences } from "../config/difference.ts";
import type { Changes } from "../config/env-edit.ts";
import { type EnvFile, readEnvFile, type Values, writeEnvFile } from "../config/env-file.ts";
import { readHost } from "../config/host.ts";
import { readSettings, valuesFrom } from "../config/settings.ts";
import { fail, isFailure } from "../pet/errors.ts";
import { ttyLabels } from "../pet/labels.ts";
import { prefixName } from "../pet/names.ts";
import { type Census, census } from "./census.ts";
import { waitingChanges } from "./outdated.ts";
import { type Wish, wishFor } from "./wish.ts";
import type { Target, World } from "./world.ts";

export interface KeyWord {
  readonly key: string;
  /** Undefined asks for the value, empty clears it. */
  readonly value: string | undefined;
}

export async function config(world: World, target: Target, words: readonly KeyWord[]): Promise<void> {
  const printed = words.filter(({ value }) => value === undefined);
  const given = words.flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }]));
  if (given.length > 0 || words.length === 0) {
    const file = readEnvFile(target.envFile);
    const remembered = await rememberedChanges(world, target, file);
    const changes = given.length > 0 ? changesFrom(given) : await askedChanges(world, file, remembered);
    await write(world, target, file, new Map([...remembered, ...changes]));
  }
  if (printed.length === 0) return;
  const { settings } = await wishNow(world, target);
  const lines = printed.map(({ key }) => ({ key, value: printedValue(settings, key) }));
  for (const { key, value } of lines) world.report.answer(lines.length === 1 ? value : `${key}=${value}`);
}

/** The first file of a pet that exists begins with what the engine remembers of it, not with the defaults. */
async function rememberedChanges(world: World, target: Target, file: EnvFile): Promise<Changes> {
  if (file.exists) return new Map();
  const { settings, from } = await wishNow(world, target).catch((error: unknown) => {
    // Writing them down is the way out where they cannot be read.
    if (isFailure(error, "BROKEN_SPEC")) return readSettings(target.envFile);
    throw error;
  });
  if (from !== "engine") return new Map();
  const kept = new Set(differences(readSettings(target.envFile).settings, settings).map(({ key }) => key));
  return new Map([...valuesFrom(settings)].filter(([key]) => kept.has(key)));
}

async function askedChanges(world: World, file: EnvFile, remembered: Changes): Promise<Changes> {
  if (!world.mayAsk) throw fail("NOT_INTERACTIVE", { call: world.call });
  const { ask, questions } = await import("../config/prompt.ts");
  const existing: Values = new Map([
    ...[...remembered].map(([key, text]) => [key, { text: text ?? "", where: world.context }] as const),
    ...file.values,
  ]);
  return await ask(questions(existing, readHost(process.env)));
}

async function write(world: World, target: Target, file: EnvFile, changes: Changes): Promise<void> {
  const text = changedText(file, changes, target.address.instance);
  if (world.dryRun) {
    world.report.answer(`write ${file.path}`);
    return;
  }
  writeEnvFile(file.path, text);
  world.report.note(`wrote ${file.path}`);
  await tellWhatWaits(world, target);
}

/** An engine that does not answer now has nothing to say; the file stands all the same. */
async function tellWhatWaits(world: World, target: Target): Promise<void> {
  const near = readSettings(target.envFile);
  // Of the pet that the file now means: another prefix is another pet.
  const pet = { ...target.address, prefix: prefixName(near.settings.prefix) };
  const ttys = await orNothing(() => world.engine.list(ttyLabels(pet)), []);
  const waiting = ttys.map((tty) => waitingChanges(world, near, tty)).find((word) => word !== undefined);
  if (waiting !== undefined) world.report.note(waiting);
}

async function wishNow(world: World, target: Target): Promise<Wish> {
  const near = readSettings(target.envFile);
  if (near.from === "file") return { ...near, address: target.address };
  const nothing: Census = { ttys: [], homes: [] };
  return wishFor(world, target, await orNothing(() => census(world.engine), nothing));
}

async function orNothing<Result>(look: () => Promise<Result>, nothing: Result): Promise<Result> {
  try {
    return await look();
  } catch (error) {
    if (isFailure(error, "ENGINE_UNREACHABLE", "ENGINE_PERMISSION", "CONTEXT_UNSUPPORTED")) return nothing;
    throw error;
  }
}

/** `--config`: the pet's wishes, asked, set or printed. */

import { changedText, changesFrom, printedValue } from "../config/change.ts";
import type { Changes } from "../config/env-edit.ts";
import { type EnvFile, readEnvFile, type Values } from "../config/env-file.ts";
import { readHost } from "../config/host.ts";
import { fail } from "../pet/errors.ts";
import { rememberedChanges, wishNow, writeWishes } from "./wish-file.ts";
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
    const remembered = await rememberedChanges(
      world,
      target,
      file,
      given.map(({ key }) => key),
    );
    const changes = given.length > 0 ? changesFrom(given) : await askedChanges(world, file, remembered);
    await write(world, target, file, new Map([...remembered, ...changes]));
  }
  if (printed.length === 0) return;
  const { settings } = await wishNow(world, target);
  const lines = printed.map(({ key }) => ({ key, value: printedValue(settings, key) }));
  for (const { key, value } of lines) world.report.answer(lines.length === 1 ? value : `${key}=${value}`);
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
  if (world.dryRun) world.report.answer(`write ${file.path}`);
  else await writeWishes(world, target, text);
}

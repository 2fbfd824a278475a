/** What is wanted for a pet: its .env file, else what the engine remembers, else the defaults. */

import type { Values } from "../config/env-file.ts";
import { sealOf, secretKeys } from "../config/seal.ts";
import { publicSettings, readSettings, rememberedSettings } from "../config/settings.ts";
import { strayKeys } from "../config/stray.ts";
import type { Home, Tty } from "../engine/engine.ts";
import { label } from "../pet/labels.ts";
import { type Address, prefixName } from "../pet/names.ts";
import type { Settings } from "../pet/settings.ts";
import type { Memory } from "../pet/spec.ts";
import type { Target, World } from "./world.ts";

export interface Wish {
  readonly settings: Settings;
  readonly from: "file" | "engine" | "defaults";
  /** What the file says, key by key. */
  readonly values: Values;
  /** Keys that gave what may be secret when it was made, where the engine remembers it: no label says what. */
  readonly elsewhere: readonly string[];
  /** The target's address under the prefix these settings give. */
  readonly address: Address;
}

/** Keys in the file that are none of pet's are told. */
export function wishFor(world: World, target: Target, there: Remembering): Wish {
  const wish = wishOf(world, target, there);
  for (const stray of strayKeys(wish.values)) world.report.note(stray);
  return wish;
}

interface Remembering {
  readonly ttys: readonly Tty[];
  readonly homes: readonly Home[];
}

export function wishOf(
  world: Pick<World, "context">,
  { address, envFile }: Target,
  there: Remembering,
): Wish {
  const near = readSettings(envFile);
  if (near.from === "file") return { ...near, address, elsewhere: [] };
  const namesakes = [...there.ttys, ...there.homes].filter(
    (one) => one.labels[label.instance] === address.instance,
  );
  // The same name under another prefix is another pet: it counts only where this one is nowhere.
  const remembering = namesakes.find((one) => one.labels[label.prefix] === address.prefix) ?? namesakes[0];
  const spec = remembering?.labels[label.spec];
  if (remembering === undefined || spec === undefined) return { ...near, address, elsewhere: [] };
  const settings = rememberedSettings(spec, `${remembering.name} on ${world.context}`);
  const prefix = prefixName(settings.prefix);
  const elsewhere = secretKeys(remembering.labels[label.hash]);
  return { settings, from: "engine", values: near.values, elsewhere, address: { ...address, prefix } };
}

/** What a container made from this wish is to remember. */
export function memoryOf({ settings, values }: Pick<Wish, "settings" | "values">): Memory {
  const spec = publicSettings(settings);
  return { spec, hash: sealOf(spec, values) };
}

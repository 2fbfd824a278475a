/** What is wanted for a pet: its .env file, else what the engine remembers, else the defaults. */

import { createHash } from "node:crypto";
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
  /** The target's address under the prefix these settings give. */
  readonly address: Address;
}

export function wishFor(
  world: World,
  { address, envFile }: Target,
  there: { readonly ttys: readonly Tty[]; readonly homes: readonly Home[] },
): Wish {
  const near = readSettings(envFile);
  for (const stray of strayKeys(near.values)) world.report.note(stray);
  if (near.from === "file") return { ...near, address };
  const remembering = [...there.ttys, ...there.homes].find(
    (one) => one.labels[label.instance] === address.instance,
  );
  const spec = remembering?.labels[label.spec];
  if (remembering === undefined || spec === undefined) return { ...near, address };
  const settings = rememberedSettings(spec, `${remembering.name} on ${world.context}`);
  return { settings, from: "engine", address: { ...address, prefix: prefixName(settings.prefix) } };
}

/** What a container made from these settings is to remember. */
export function memoryOf(settings: Settings): Memory {
  const { detachKeys: _, prefix: __, ...shaping } = settings;
  const hash = createHash("sha256").update(JSON.stringify(shaping)).digest("hex").slice(0, 16);
  return { spec: publicSettings(settings), hash };
}

/** Homes that no TTY uses, each with the line that removes it: nothing else does. */

import { existsSync } from "node:fs";
import { envFile } from "../config/place.ts";
import { prefixOrDefault } from "../config/settings.ts";
import type { Home } from "../engine/engine.ts";
import { PetError } from "../pet/errors.ts";
import { label } from "../pet/labels.ts";
import { type Address, firstTty, instanceName, prefixName } from "../pet/names.ts";
import type { Census } from "./census.ts";
import { placedIn } from "./locate.ts";
import type { World } from "./world.ts";

export interface IdleHome {
  readonly home: Home;
  /** What to type; undefined where its labels are none that pet writes. */
  readonly destroy: string | undefined;
}

export function idleHomes(world: World, there: Census): readonly IdleHome[] {
  const petOf = ({ labels }: Pick<Home, "labels">) => `${labels[label.prefix]}-${labels[label.instance]}`;
  const used = new Set(there.ttys.map(petOf));
  return there.homes
    .filter((home) => !used.has(petOf(home)))
    .map((home) => ({ home, destroy: destroyLine(world, there, home) }));
}

function destroyLine(world: World, there: Census, { labels }: Home): string | undefined {
  const address = addressIn(labels[label.prefix] ?? "", labels[label.instance] ?? "");
  if (address === undefined) return undefined;
  const { instance, prefix } = address;
  const call = `${world.call} ${instance}`;
  const file = envFile(world.configDirectory, world.context, instance);
  const aim = { address: { ...address, prefix: prefixName(prefixOrDefault(file)) }, envFile: file };
  // As --destroy aims: by the file, else by what is there under that name.
  const aimed = existsSync(file) ? aim : placedIn(there, aim);
  const destroy = `${call} --destroy`;
  return aimed.address.prefix === prefix ? destroy : `${call} PET_PREFIX=${prefix} && ${destroy}`;
}

/** Labels may have been written by anybody, and what comes of them is to be pasted. */
function addressIn(prefix: string, instance: string): Address | undefined {
  try {
    return { prefix: prefixName(prefix), instance: instanceName(instance), tty: firstTty };
  } catch (error) {
    if (error instanceof PetError) return undefined;
    throw error;
  }
}

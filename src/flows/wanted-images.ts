/** The names of the images that somebody's next TTY would be made from: by the .env files here, and by what the engine remembers. */

import { configured, envFile } from "../config/place.ts";
import { readSettings, rememberedSettings } from "../config/settings.ts";
import { prepareImage } from "../image/prepare.ts";
import { PetError } from "../pet/errors.ts";
import { label } from "../pet/labels.ts";
import { normalized } from "../pet/reference.ts";
import type { Settings } from "../pet/settings.ts";
import type { Labels } from "../pet/workspace.ts";
import type { Census } from "./census.ts";
import type { World } from "./world.ts";

export interface WantedImages {
  readonly names: ReadonlySet<string>;
  /** Recipes of which every image counts: what they are made of is on another laptop. */
  readonly terminals: ReadonlySet<string>;
  /** Settings that cannot be read may want any image; what is wrong with them. */
  readonly unreadable: readonly string[];
}

export function isWanted(name: string, { names, terminals, unreadable }: WantedImages): boolean {
  const terminal = /^pet\/([^:]+):/.exec(name)?.[1] ?? "";
  return unreadable.length > 0 || names.has(name) || terminals.has(terminal);
}

export async function wantedImages(world: World, there: Census): Promise<WantedImages> {
  const unreadable: string[] = [];
  const wishes = new Map<string, Settings>();
  for (const read of wishesIn(world, there)) {
    try {
      const settings = read();
      wishes.set(JSON.stringify(settings), settings);
    } catch (error) {
      if (!(error instanceof PetError)) throw error;
      unreadable.push(error.message);
    }
  }
  const [names, terminals] = [new Set<string>(), new Set<string>()];
  for (const settings of wishes.values()) {
    if (settings.image !== "") {
      names.add(normalized(settings.image));
      continue;
    }
    try {
      names.add((await prepareImage(settings, world)).tag);
    } catch (error) {
      if (!(error instanceof PetError)) throw error;
      terminals.add(settings.terminal);
    }
  }
  return { names, terminals, unreadable };
}

function wishesIn({ configDirectory, context }: World, { ttys, homes }: Census): readonly (() => Settings)[] {
  const files = configured(configDirectory).filter((one) => one.context === context);
  const pets = new Set(ttys.map(petOf));
  // A home remembers its first day; while there are TTYs they count.
  const alone = homes.filter((home) => !pets.has(petOf(home)));
  const remembering = [...ttys, ...alone].filter(({ labels }) => labels[label.spec] !== undefined);
  return [
    ...files.map(
      ({ instance }) =>
        () =>
          readSettings(envFile(configDirectory, context, instance)).settings,
    ),
    ...remembering.map(
      ({ name, labels }) =>
        () =>
          rememberedSettings(labels[label.spec] ?? "", `${name} on ${context}`),
    ),
  ];
}

function petOf({ labels }: { readonly labels: Labels }): string {
  return `${labels[label.prefix]}-${labels[label.instance]}`;
}

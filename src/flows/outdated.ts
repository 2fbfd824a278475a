/** Whether what was wished since a container was made waits for a new one. Nothing is renewed by surprise. */

import { changedSince } from "../config/difference.ts";
import type { Wished } from "../config/settings.ts";
import type { Tty } from "../engine/engine.ts";
import { label } from "../pet/labels.ts";
import type { World } from "./world.ts";

/** A word on changes that wait, or undefined. */
export function waitingChanges(world: World, near: Wished, tty: Tty): string | undefined {
  const spec = tty.labels[label.spec];
  if (near.from !== "file" || spec === undefined) return undefined;
  if (!changedSince({ spec, seal: tty.labels[label.hash] }, near.settings, near.values)) return undefined;
  return `the settings changed since ${tty.name} was made; to apply them: ${world.call} --destroy --keep-home, then ${world.call}`;
}

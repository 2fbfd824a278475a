/** Why a container is outdated. Nothing is renewed by surprise: what changed waits for `--recreate`, and is told. */

import { type Change, changesSince } from "../config/difference.ts";
import type { Wished } from "../config/settings.ts";
import type { Tty } from "../engine/engine.ts";
import { label } from "../pet/labels.ts";
import { callFor } from "./call.ts";
import type { Target, World } from "./world.ts";

export type Near = Pick<Wished, "settings" | "values"> & { readonly from: string };

/** What the file wishes otherwise than when this was made. Asks no engine: it is on the way to a prompt. */
export function changedKeys(near: Near, { labels }: Tty): readonly Change[] {
  const spec = labels[label.spec];
  if (near.from !== "file" || spec === undefined) return [];
  return changesSince({ spec, seal: labels[label.hash] }, near.settings, near.values);
}

/** A word on changes that wait, or undefined. */
export function waitingChanges(world: World, target: Target, near: Near, tty: Tty): string | undefined {
  const changes = changedKeys(near, tty);
  if (changes.length === 0) return undefined;
  return `changes wait for ${tty.name} (${wordsOf(changes)}); to apply them: ${callFor(world, target)} --recreate`;
}

function wordsOf(changes: readonly Change[]): string {
  return changes.map(({ word }) => word).join(", ");
}

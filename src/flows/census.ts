/** Everything of pet's on an engine: what is there of a pet, what it remembers, and which names are near. */

import type { Engine, Home, Tty } from "../engine/engine.ts";
import { label } from "../pet/labels.ts";
import type { Presence } from "../pet/plan.ts";
import type { Labels } from "../pet/workspace.ts";

export interface Census {
  readonly ttys: readonly Tty[];
  readonly homes: readonly Home[];
}

export async function census(engine: Engine): Promise<Census> {
  const [ttys, homes] = await Promise.all([
    engine.list({ [label.kind]: "tty" }),
    engine.homes({ [label.kind]: "home" }),
  ]);
  return { ttys: ttys.filter(isNamed), homes: homes.filter(isNamed) };
}

function isNamed({ labels }: { readonly labels: Labels }): boolean {
  return labels[label.instance] !== undefined;
}

export function presenceOf(tty: Tty | undefined): Presence {
  // One that is dead is being removed.
  if (tty === undefined || tty.state === "dead") return "absent";
  return tty.state === "running" || tty.state === "paused" || tty.state === "restarting"
    ? "running"
    : "stopped";
}

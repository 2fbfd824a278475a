/** `--status` and `pet status`: what there is, as data; the command line paints it. */

import { readSettings } from "../config/settings.ts";
import type { AttachedClient } from "../console/clients.ts";
import type { Tty, TtyState } from "../engine/engine.ts";
import { homeLabels, label, ttyLabels } from "../pet/labels.ts";
import type { Labels } from "../pet/workspace.ts";
import { census } from "./census.ts";
import { rememberAll } from "./instances.ts";
import { allChanges } from "./outdated-image.ts";
import { sessionIn } from "./sessions.ts";
import { holderOf } from "./turn.ts";
import type { Target, World } from "./world.ts";

export interface TtyStatus {
  readonly tty: string;
  readonly container: string;
  readonly state: TtyState;
  /** Since when it is in this state; a list of all pets does not know. */
  readonly since?: Date | undefined;
  /** When its container was made; what a list knows. */
  readonly made?: Date | undefined;
  readonly image: string;
  /** Who is attached; undefined where the TTY does not run or was not asked. */
  readonly attached?: readonly AttachedClient[] | undefined;
  /** What changed since the container was made, each in a word: `memory`, `image recipe`. */
  readonly outdated?: readonly string[];
}

export interface PetStatus {
  readonly instance: string;
  /** The same name under another prefix is another pet. */
  readonly prefix: string;
  readonly context: string;
  /** The home's volume, or undefined where there is none. */
  readonly home: string | undefined;
  /** How much is in it, where that was asked and the engine knows. */
  readonly homeBytes?: number | undefined;
  readonly ttys: readonly TtyStatus[];
  /** Who has the pet's turn; what is begun beside its TTYs, theirs or cut short. A list of all pets does not know. */
  readonly turn?: { readonly who: string; readonly since: Date | undefined } | undefined;
  readonly beside?: readonly string[];
}

export async function petStatus(world: World, { address, envFile }: Target): Promise<PetStatus> {
  const near = readSettings(envFile);
  const [listed, homes, beside, holder] = await Promise.all([
    world.engine.list(ttyLabels(address)),
    world.engine.homes(homeLabels(address)),
    world.engine.beside(ttyLabels(address)),
    holderOf(world, address),
  ]);
  const ttys = await Promise.all(
    listed.map(async (one) => {
      const [inspected, session] = await Promise.all([
        world.engine.inspect(one.name),
        sessionIn(world.engine, one),
      ]);
      const tty = inspected ?? one;
      const outdated = (await allChanges(world, near, tty)).map(({ word }) => word);
      return { ...statusOf(tty), since: tty.since, attached: session?.clients, outdated };
    }),
  );
  return {
    instance: address.instance,
    prefix: address.prefix,
    context: world.context,
    home: homes[0]?.name,
    ttys: ttys.toSorted(byTty),
    turn: holder && { who: holder.who, since: holder.since },
    beside: beside.map(({ name }) => name),
  };
}

/** Every pet of the context: one list of containers, one of volumes, nothing a pet. */
export async function allStatus(world: World): Promise<readonly PetStatus[]> {
  const { ttys, homes } = await census(world.engine);
  const names = new Map([...ttys, ...homes].map(({ labels }) => [nameOf(labels).join(" "), nameOf(labels)]));
  const pets = [...names].toSorted(byKey).map(([key, [instance, prefix]]) => {
    const isOf = ({ labels }: { readonly labels: Labels }) => nameOf(labels).join(" ") === key;
    const own = ttys.filter(isOf).map((tty) => ({ ...statusOf(tty), made: tty.since }));
    const home = homes.find(isOf)?.name;
    return { instance, prefix, context: world.context, home, ttys: own.toSorted(byTty) };
  });
  rememberAll(
    world,
    pets.flatMap(({ instance, ttys: own }) => own.map(({ tty }) => ({ instance, tty }))),
  );
  return pets;
}

function nameOf(labels: Labels): readonly [instance: string, prefix: string] {
  return [labels[label.instance] ?? "", labels[label.prefix] ?? ""];
}

function statusOf({ labels, name, state, image }: Tty): TtyStatus {
  return { tty: labels[label.tty] ?? "", container: name, state, image };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function byTty(a: TtyStatus, b: TtyStatus): number {
  return a.tty.localeCompare(b.tty, "en", { numeric: true });
}

/** `--recreate --dry-run`: what changed, key by key; the steps; and what would end with the old containers. */

import { homeName } from "../pet/names.ts";
import { imageStep, type Step, sentence } from "../pet/plan.ts";
import { presenceOf } from "./census.ts";
import { moverAmong } from "./hands.ts";
import { allChanges } from "./outdated-image.ts";
import type { Renewal } from "./renewal.ts";
import { sessionIn } from "./sessions.ts";
import type { World } from "./world.ts";

export async function tellRecreation(world: World, renewals: readonly Renewal[]): Promise<void> {
  const { answer } = world.report;
  for (const { name, tty, wish } of renewals) {
    const changes = await allChanges(world, wish, tty);
    for (const { line } of changes) answer(`${name}: ${line}`);
    if (changes.length === 0) answer(`${name}: nothing changed since it was made`);
  }
  for (const step of stepsOf(renewals)) answer(sentence(step));
  for (const { name, tty } of renewals) {
    if (presenceOf(tty) !== "running") answer(`${name} stays stopped`);
    const session = await sessionIn(world.engine, tty);
    if (session?.foreground !== undefined) answer(`ends in ${name}: ${session.foreground}`);
    for (const { who } of session?.clients ?? []) answer(`ends in ${name}: the console of ${who}`);
  }
}

function stepsOf(renewals: readonly Renewal[]): readonly Step[] {
  const absent = renewals.map(({ image }) => image).filter(({ there }) => !there);
  const missing = new Map(absent.map((image) => [image.tag, image]));
  const mover = moverAmong(renewals);
  const running = mover === undefined ? [] : renewals.filter(({ tty }) => presenceOf(tty) === "running");
  return [
    ...[...missing.values()].map(imageStep),
    ...running.map(({ name }) => ({ do: "stop", tty: name }) as const),
    ...(mover === undefined
      ? []
      : [{ do: "give-home", home: homeName(mover.wish.address), uid: mover.wish.settings.uid } as const]),
    ...renewals.map(({ name, image }) => ({ do: "replace", tty: name, image: image.tag }) as const),
  ];
}

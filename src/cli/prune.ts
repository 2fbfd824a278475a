/** `pet prune`: lists what is unused, asks once for each kind of it, and removes what was confirmed. */

import type { Environment } from "../config/place.ts";
import type { Outcome, Unused } from "../flows/prune.ts";
import { removeContainers, removeImages, unused } from "../flows/prune.ts";
import type { World } from "../flows/world.ts";
import { openWorld } from "./open-world.ts";
import type { Given } from "./parse.ts";
import { shortName, unusedData, unusedLines } from "./prune-text.ts";

export async function prune(given: Given, env: Environment): Promise<number> {
  const world = openWorld(given, env, callIn(given.values.context));
  const yes = given.flags.has("yes");
  try {
    return given.flags.has("json") ? await asJson(world, yes) : await inWords(world, yes);
  } finally {
    world.engine.close();
  }
}

/** What to type begins as this did: a context that was named is named again. */
function callIn(context: string | undefined): string {
  if (context === undefined) return "pet";
  const plain = /^[\w.:@+-]+$/.test(context);
  return `pet --context ${plain ? context : `'${context.replaceAll("'", String.raw`'\''`)}'`}`;
}

async function inWords(world: World, yes: boolean): Promise<number> {
  const found = await unused(world);
  const lines = unusedLines(found, world.call, new Date());
  for (const line of lines) world.report.answer(line);
  for (const reason of found.unreadable) world.report.note(`no image is taken for unused: ${reason}`);
  if (lines.length === 0) world.report.note("nothing is unused");
  const kinds = kindsIn(world, found);
  if (world.dryRun || kinds.length === 0) return 0;
  if (!yes && !world.mayAsk) {
    world.report.note(`nothing was removed; to remove these: ${world.call} prune --yes`);
    return 0;
  }
  for (const { question, remove } of kinds) {
    if (!(await world.ask.confirm(question, "no"))) continue;
    for (const outcome of await remove()) {
      const { left } = outcome;
      const name = shortName(outcome.name);
      world.report.note(left === undefined ? `removed ${name}` : `left ${name}: ${left.message}`);
    }
  }
  return 0;
}

/** A program is asked nothing: with --yes all goes that may. */
async function asJson(world: World, yes: boolean): Promise<number> {
  const found = await unused(world);
  const outcomes: Outcome[] = [];
  if (yes && !world.dryRun) {
    for (const { remove } of kindsIn(world, found)) outcomes.push(...(await remove()));
  }
  const left = outcomes.flatMap(({ name, left: why }) =>
    why === undefined ? [] : [{ name, code: why.code, message: why.message }],
  );
  const removed = outcomes.filter((one) => one.left === undefined).map(({ name }) => name);
  world.report.answer(JSON.stringify({ ...unusedData(found), removed, left }, undefined, 2));
  return 0;
}

interface Removal {
  readonly question: string;
  readonly remove: () => Promise<readonly Outcome[]>;
}

function kindsIn(world: World, { ttys, leftovers, images }: Unused): readonly Removal[] {
  const all: readonly (Removal & { readonly count: number })[] = [
    {
      count: ttys.length,
      question: `Remove ${counted(ttys.length, "stopped TTY")}? Homes and settings are kept.`,
      remove: () => removeContainers(world, ttys),
    },
    {
      count: leftovers.length,
      question: `Remove ${counted(leftovers.length, "leftover")} of interrupted work?`,
      remove: () => removeContainers(world, leftovers),
    },
    {
      count: images.length,
      question: `Remove ${counted(images.length, "image")}? They can be built again.`,
      remove: () => removeImages(world, images),
    },
  ];
  return all.filter(({ count }) => count > 0);
}

function counted(count: number, thing: string): string {
  return count === 1 ? `1 ${thing}` : `${count} ${thing}s`;
}

/** Status on standard output. */

import { noPet } from "../flows/no-pet.ts";
import { allStatus, type PetStatus, petStatus } from "../flows/status.ts";
import type { Target, World } from "../flows/world.ts";
import type { Given } from "./parse.ts";
import { allStatusLines, statusLines } from "./status-text.ts";

export type Form = "text" | "json";

export function formOf({ flags }: Given): Form {
  return flags.has("json") ? "json" : "text";
}

/** @throws NO_PET where there is neither a TTY nor a home */
export async function showStatus(world: World, target: Target, given: Given): Promise<number> {
  const found = await petStatus(world, target);
  if (found.ttys.length === 0 && found.home === undefined) throw await noPet(world, found.instance);
  const [status = found] = await measured(world, [found], given);
  show(world, formOf(given), status, statusLines(status, new Date(), world.call));
  return 0;
}

export async function showAll(world: World, given: Given): Promise<readonly PetStatus[]> {
  const form = formOf(given);
  const pets = await measured(world, await allStatus(world), given);
  if (pets.length > 0 || form === "json") show(world, form, pets, allStatusLines(pets, new Date()));
  return pets;
}

async function measured(
  world: World,
  pets: readonly PetStatus[],
  { flags }: Given,
): Promise<readonly PetStatus[]> {
  if (!flags.has("sizes")) return pets;
  const { withSizes } = await import("../flows/sizes.ts");
  return await withSizes(world, pets);
}

function show(world: World, form: Form, data: unknown, lines: readonly string[]): void {
  if (form === "json") world.report.answer(JSON.stringify(data, undefined, 2));
  else for (const line of lines) world.report.answer(line);
}

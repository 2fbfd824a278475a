/** Status on standard output. */

import { noPet } from "../flows/no-pet.ts";
import { allStatus, type PetStatus, petStatus } from "../flows/status.ts";
import type { Target, World } from "../flows/world.ts";
import { allStatusLines, statusLines } from "./status-text.ts";

export type Form = "text" | "json";

/** @throws NO_PET where there is neither a TTY nor a home */
export async function showStatus(world: World, target: Target, form: Form): Promise<number> {
  const status = await petStatus(world, target);
  if (status.ttys.length === 0 && status.home === undefined) {
    throw await noPet(world, status.instance);
  }
  show(world, form, status, statusLines(status, new Date()));
  return 0;
}

export async function showAll(world: World, form: Form): Promise<readonly PetStatus[]> {
  const pets = await allStatus(world);
  if (pets.length > 0 || form === "json") show(world, form, pets, allStatusLines(pets, new Date()));
  return pets;
}

function show(world: World, form: Form, data: unknown, lines: readonly string[]): void {
  if (form === "json") world.report.answer(JSON.stringify(data, undefined, 2));
  else for (const line of lines) world.report.answer(line);
}

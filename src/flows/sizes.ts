/** Pets with the sizes of their homes: counted on demand, since an engine may walk every file for it. */

import type { PetStatus } from "./status.ts";
import type { World } from "./world.ts";

export async function withSizes(world: World, pets: readonly PetStatus[]): Promise<readonly PetStatus[]> {
  const sizes = await world.report.wait("measuring homes", world.engine.homeSizes());
  const byName = new Map<string, number>(sizes);
  return pets.map((pet) => ({ ...pet, homeBytes: byName.get(pet.home ?? "") }));
}

/** A pet that was named and is not there: said with the nearest that is. */

import { fail, type PetError } from "../pet/errors.ts";
import { label } from "../pet/labels.ts";
import { nearest } from "../pet/nearest.ts";
import { census } from "./census.ts";
import type { World } from "./world.ts";

/** The failure to be thrown. */
export async function noPet(world: World, name: string): Promise<PetError> {
  const { ttys, homes } = await census(world.engine);
  const near = nearest(
    name,
    [...ttys, ...homes].map(({ labels }) => labels[label.instance] ?? ""),
  );
  return fail("NO_PET", {
    name,
    call: world.call,
    near: near === undefined ? "" : ` Did you mean “${near}”?`,
  });
}

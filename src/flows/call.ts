/** What to type to come here again. */

import type { Target, World } from "./world.ts";

export function callFor(world: World, { address }: Target): string {
  return address.tty === "1" ? world.call : `${world.call} ${address.tty}`;
}

/** A word on what may be secret, which no label holds: another laptop than the one that gave it does without. */

import type { Wish } from "./wish.ts";
import type { World } from "./world.ts";

/** @param what is made without it */
export function tellWhatIsElsewhere(
  world: World,
  { elsewhere }: Pick<Wish, "elsewhere">,
  what: string,
): void {
  const [first] = elsewhere;
  if (first === undefined) return;
  const keys = elsewhere.join(" and ");
  world.report.note(
    `${what} without ${keys}, which is known only where it was given; to give it here: ${world.call} --config ${first}=…`,
  );
}

/** Help on standard output. */

import type { Target } from "../flows/world.ts";
import { containerName } from "../pet/names.ts";
import { helpOn, helpText } from "./help.ts";
import type { PetInvocation } from "./parse.ts";

export async function showHelp(
  { verbs }: PetInvocation,
  target: Target,
  alias: string | undefined,
): Promise<number> {
  const [verb] = verbs;
  const about =
    alias === undefined
      ? undefined
      : { name: alias, container: containerName(target.address), envFile: target.envFile };
  console.log(verb === undefined ? helpText({ alias: about }) : await helpOn(verb, alias));
  return 0;
}

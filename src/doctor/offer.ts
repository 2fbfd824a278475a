/** How to go to another engine than the one that is chosen: lines to paste. Pure. */

import { defaultSocket } from "../contexts/address.ts";
import type { Context } from "../contexts/current.ts";
import type { Lead } from "./leads.ts";
import { pasted } from "./paste.ts";

/** The line that takes a person to an engine that answers. What outranks it has to go first. */
export function offerLine({ address, context, info }: Lead, { why }: Pick<Context, "why">): string {
  const note = `    # ${info.product} ${info.version}${info.rootless ? ", without root" : ""}`;
  if (why === "DOCKER_HOST" && address === `unix://${defaultSocket}`) return `unset DOCKER_HOST${note}`;
  if (context !== undefined && (why === "Docker's configuration" || why === "the default")) {
    return `docker context use ${pasted(context)}${note}`;
  }
  const line = `export DOCKER_HOST=${pasted(address)}`;
  if (why === "PET_CONTEXT") return `unset PET_CONTEXT; ${line}${note}`;
  return why === "--context" ? `${line}${note}; and leave --context out` : `${line}${note}`;
}

/** What undoes the choice of an engine. */
export function otherwise({ why }: Pick<Context, "why">): string {
  if (/^[A-Z_]+$/.test(why)) return `unset ${why}`;
  if (why === "--context") return "pet doctor    # without --context";
  return why === "the default" ? "docker context ls" : "docker context use default";
}

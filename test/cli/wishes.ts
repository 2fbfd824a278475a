/** A pet's .env file, wherever the context's name puts it. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Person } from "../support/cli.ts";

/** Path of the file there is. */
export function wishesOf({ config }: Person, name: string): string {
  const found = readdirSync(config).find((entry) => entry.endsWith(`_${name}`));
  if (found === undefined) throw new Error(`${config} has no file of ${name}`);
  return join(config, found);
}

/** Keys that look like pet's and are none: kept where they are, and worth a word. */

import { nearest } from "../pet/nearest.ts";
import type { Values } from "./env-file.ts";
import { schema } from "./schema.ts";

/** A line on each, with its place in the file. */
export function strayKeys(values: Values): readonly string[] {
  const known = schema.map((row) => row.key);
  const stray = [...values].filter(([key]) => key.startsWith("PET_") && !known.includes(key));
  return stray.map(([key, { where }]) => {
    const near = nearest(key, known);
    return `${where}: there is no setting called ${key}${near === undefined ? "" : `; did you mean ${near}?`}`;
  });
}

/** Where things are in the checkout. */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {readonly string[]} parts */
export function inCheckout(...parts) {
  return join(root, ...parts);
}

/** dist/, built again when what it is made from has changed. */

import { existsSync } from "node:fs";
import { inCheckout, root } from "./checkout.mjs";
import { show } from "./run.mjs";
import { Obstacle, say } from "./say.mjs";
import { builtFrom, sourcesHash } from "./sources.mjs";

/**
 * @param {string} node
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function ensureBuilt(node) {
  if (existsSync(inCheckout("dist", "node")) && builtFrom() === sourcesHash()) return false;
  say("Building pet.");
  const status = await show(node, [inCheckout("scripts", "build.ts")], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0)
    throw new Obstacle(`The build ended with status ${status}.`, "See above, then: npm run build");
  return true;
}

/**
 * `npm start`: from a fresh clone on a bare machine to a prompt in the pet `demo`. This first half is plain JavaScript
 * that any Node from 18 on runs before anything is installed; the second, demo.ts, is for the Node that pet runs on.
 * Each step looks first and does only what is missing, so a second run is quick, and one that was interrupted goes on
 * where it stopped.
 *
 * `node scripts/setup.mjs build` ends when pet is built.
 */

import { ensureBuilt } from "./setup/build.mjs";
import { carryOut } from "./setup/carry-out.mjs";
import { inCheckout } from "./setup/checkout.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureNode } from "./setup/node.mjs";
import { show } from "./setup/run.mjs";
import { say } from "./setup/say.mjs";

const purpose = process.argv[2] ?? "demo";

await carryOut(async () => {
  await ensureDependencies();
  const node = await ensureNode();
  const built = await ensureBuilt(node);
  if (purpose === "demo") return show(node, [inCheckout("scripts", "demo.ts")]);
  if (!built) say("dist/ is current.");
  return 0;
});

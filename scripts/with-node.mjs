/**
 * `node scripts/with-node.mjs PROGRAM.ts …`: runs a program of the checkout with a Node that is new enough, whatever
 * Node npm itself runs on. What it needs, dependencies and that Node, is installed first.
 */

import { spawnSync } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { carryOut } from "./setup/carry-out.mjs";
import { root } from "./setup/checkout.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureNode } from "./setup/node.mjs";

await carryOut(async () => {
  await ensureDependencies();
  return run(await ensureNode(), process.argv.slice(2));
});

/**
 * @param {string} node
 * @param {readonly string[]} args
 */
function run(node, args) {
  const path = [dirname(node), process.env.PATH].join(delimiter);
  const { status } = spawnSync(node, [...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: path },
  });
  return status ?? 130;
}

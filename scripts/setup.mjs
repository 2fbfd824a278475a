/**
 * `npm start`: from a fresh clone on a bare machine to a prompt in the pet `demo`. Plain JavaScript that any Node from
 * 18 on runs before anything is installed. Each step looks first and does only what is missing, so a second run is
 * quick, and one that was interrupted goes on where it stopped.
 *
 * `node scripts/setup.mjs build` ends when pet is built.
 */

import { ensureBuilt } from "./setup/build.mjs";
import { provePet } from "./setup/demo.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureEngine } from "./setup/engine.mjs";
import { ensureNode } from "./setup/node.mjs";
import { Obstacle, say } from "./setup/say.mjs";

const purpose = process.argv[2] ?? "demo";
// The programs that set-up runs get a Ctrl-C themselves; it waits for them to clear up, then ends as they did.
process.on("SIGINT", () => {
  process.exitCode = 130;
});

try {
  process.exitCode = (await setUp()) || process.exitCode;
} catch (error) {
  if (!(error instanceof Obstacle)) throw error;
  if (process.exitCode !== 130) process.stderr.write(`\n${error.message}\n${error.hint}\n`);
  process.exitCode ??= 1;
}

/** @returns {Promise<number>} */
async function setUp() {
  await ensureDependencies();
  const node = await ensureNode();
  const built = await ensureBuilt(node);
  if (purpose === "build") {
    if (!built) say("dist/ is current.");
    return 0;
  }
  const engine = await ensureEngine();
  return provePet(engine);
}

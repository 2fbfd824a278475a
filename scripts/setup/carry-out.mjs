/** How a program of set-up runs and ends: at an obstacle with two lines and status 1, after Ctrl-C with status 130. */

import { Obstacle } from "./say.mjs";

/** @param {() => Promise<number>} steps give the exit status */
export async function carryOut(steps) {
  // The programs that set-up runs get a Ctrl-C themselves; it waits for them to clear up, then ends as they did.
  process.on("SIGINT", () => {
    process.exitCode = 130;
  });
  try {
    process.exitCode = (await steps()) || process.exitCode;
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    if (process.exitCode !== 130) process.stderr.write(`\n${error.message}\n${error.hint}\n`);
    process.exitCode ??= 1;
  }
}

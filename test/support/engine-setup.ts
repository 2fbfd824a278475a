/**
 * Vitest's global set-up of the projects that need a Docker Engine. The first of them raises one for the whole run,
 * the others find it in the environment, as they find one that somebody keeps (test/support/engine/keep.ts).
 */

import { provideBaseImage } from "./engine/base-image.ts";
import { startKeeper } from "./engine/client.ts";
import { engineVariable } from "./engine.ts";

export default async function raiseEngine(): Promise<() => Promise<void>> {
  if (process.env[engineVariable]) return async () => {};
  const keeper = await startKeeper("");
  try {
    const baseImage = await provideBaseImage(keeper.socket);
    process.env[engineVariable] = JSON.stringify({ socket: keeper.socket, baseImage });
  } catch (error) {
    await keeper.end();
    throw error;
  }
  return async () => {
    delete process.env[engineVariable];
    await keeper.end();
  };
}

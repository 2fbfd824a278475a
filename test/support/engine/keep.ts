/**
 * `npm run test:engine`: keeps an engine of the tests' own until Ctrl-C, so that test runs in another terminal need
 * not raise one each. Prints the line to paste there.
 */

import { engineVariable } from "../engine.ts";
import { provideBaseImage } from "./base-image.ts";
import { startKeeper } from "./client.ts";

const keeper = await startKeeper("");
const baseImage = await provideBaseImage(keeper.socket);
console.log(`export ${engineVariable}='${JSON.stringify({ socket: keeper.socket, baseImage })}'`);
const forever = setInterval(() => {}, 2 ** 30);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, async () => {
    clearInterval(forever);
    await keeper.end();
  });
}

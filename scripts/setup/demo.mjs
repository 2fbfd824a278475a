/** The end of set-up: a prompt in the pet `demo`; without a terminal, one command in it that proves it. */

import { ensureBaseImage } from "./base-image.mjs";
import { inCheckout } from "./checkout.mjs";
import { show } from "./run.mjs";
import { say } from "./say.mjs";

const greeting = 'echo "$(id -un)@$(hostname): this pet works. Come in with: pet demo"';

/**
 * @param {import("./engine.mjs").EngineFound} engine
 * @returns {Promise<number>} the exit status
 */
export async function provePet({ socket, viaGroup }) {
  if (socket) await ensureBaseImage(socket, say);
  const atTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const args = atTerminal ? ["demo"] : ["demo", "--", "sh", "-c", greeting];
  say(
    atTerminal
      ? "Here is your pet. Leave it with Ctrl-\\, come back with: bin/pet demo"
      : "pet demo -- sh -c 'echo …'",
  );
  const pet = inCheckout("bin", "pet");
  if (!viaGroup) return show(pet, args);
  return show("sg", ["docker", "-c", atTerminal ? '"$PET" demo' : '"$PET" demo -- sh -c "$GREETING"'], {
    env: { ...process.env, PET: pet, GREETING: greeting },
  });
}

/**
 * The second half of `npm start`: an engine that answers, the image that recipes start from, and a prompt in the pet
 * `demo`; without a terminal, one command in it that proves it.
 */

import { fileURLToPath } from "node:url";
import { ensureBaseImage } from "./setup/base-image.mjs";
import { carryOut } from "./setup/carry-out.mjs";
import { inCheckout } from "./setup/checkout.mjs";
import { ensureEngine } from "./setup/engine.ts";
import { showInGroup } from "./setup/group.ts";
import { show } from "./setup/run.mjs";
import { say } from "./setup/say.mjs";

const greeting = 'echo "$(id -un)@$(hostname): this pet works. Come in with: pet demo"';

await carryOut(async () => {
  const { socket, dockerHost, awaitsLogin } = await ensureEngine(process.env);
  if (awaitsLogin) return showInGroup(process.execPath, fileURLToPath(import.meta.url));
  if (socket) await ensureBaseImage(socket, say);
  return provePet(dockerHost ? { ...process.env, DOCKER_HOST: dockerHost } : process.env);
});

function provePet(env: NodeJS.ProcessEnv): Promise<number> {
  const atTerminal = process.stdin.isTTY && process.stdout.isTTY;
  say(
    atTerminal
      ? "Here is your pet. Leave it with Ctrl-\\, come back with: bin/pet demo"
      : "pet demo -- sh -c 'echo …'",
  );
  const args = atTerminal ? ["demo"] : ["demo", "--", "sh", "-c", greeting];
  return show(inCheckout("bin", "pet"), args, { env });
}

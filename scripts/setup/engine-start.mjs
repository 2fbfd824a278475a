/** Starts an installed Docker Engine: by the service manager, or directly where none runs. */

import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { knock } from "./engine-api.mjs";
import { ask, asRoot, canBeRoot, show } from "./run.mjs";
import { Obstacle } from "./say.mjs";

const log = "/var/log/dockerd.log";
const patienceMs = 60_000;

/**
 * @param {string} socket where it will answer
 * @param {(text: string) => void} say
 */
export async function startEngine(socket, say) {
  if (!canBeRoot()) {
    throw new Obstacle("A Docker Engine is installed but does not run.", "As root: systemctl start docker");
  }
  const direct = !existsSync("/run/systemd/system");
  if (direct) await startDirectly(say);
  else {
    say("Starting the Docker Engine by the service manager: systemctl enable --now docker");
    await show(...asRoot("systemctl", ["enable", "--quiet", "--now", "docker"]), { stdio: ["ignore", 2, 2] });
  }
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(100)) {
    // Whoever was just made a member of its group is refused until they log in again: it runs.
    if ((await knock(socket)) !== "silent") return;
  }
  throw new Obstacle(
    `The Docker Engine does not answer on ${socket}.`,
    direct
      ? `Its log: ${log}\n${ask(...asRoot("tail", ["-n", "15", log])) ?? ""}`
      : "See: journalctl -u docker",
  );
}

/**
 * In a session of its own, that no Ctrl-C reaches; begun from this one, where sudo can ask for a password.
 * @param {(text: string) => void} say
 */
function startDirectly(say) {
  say(`Starting the Docker Engine in the background, as no service manager runs here: dockerd (log: ${log})`);
  const script = 'PATH=$PATH:/usr/sbin:/sbin; export PATH; exec dockerd >>"$1" 2>&1 </dev/null';
  const [command, args] = asRoot("setsid", ["--fork", "sh", "-c", script, "sh", log]);
  return show(command, args, { stdio: ["ignore", 2, 2], cwd: "/" });
}

/**
 * A Docker Engine that answers. One that does is never touched, nor is a choice of engine that the person has made;
 * only where there is none at all is Debian's installed and started.
 */

import { readFileSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { knock } from "./engine-api.mjs";
import { startEngine } from "./engine-start.mjs";
import { installPackages } from "./packages.mjs";
import { ask, asRoot } from "./run.mjs";
import { Obstacle, say } from "./say.mjs";

const standardSocket = "/var/run/docker.sock";

/**
 * @typedef {object} EngineFound
 * @property {string} [socket] its unix socket; none where it is elsewhere and pet itself must go there
 * @property {boolean} viaGroup whether this login has yet to become a member of the group docker
 */

/** @returns {Promise<EngineFound>} */
export async function ensureEngine() {
  const chosen = chosenElsewhere();
  if (chosen) return chosen;
  const socket = socketOf(process.env.DOCKER_HOST) ?? standardSocket;
  const welcome = await knock(socket);
  if (welcome === "answers") return { socket, viaGroup: false };
  if (welcome === "refuses") throw refused(socket);
  if (process.env.DOCKER_HOST) {
    throw new Obstacle(
      `DOCKER_HOST names an engine that does not answer: ${process.env.DOCKER_HOST}`,
      "Start it, or unset DOCKER_HOST to have one set up on this machine.",
    );
  }
  if (!hasDockerd()) {
    say("No Docker Engine answers on this machine, and none is installed: installing Debian's.");
    await installPackages(["docker.io", "docker-cli", "iptables", "ca-certificates"], say);
  }
  await startEngine(socket, say);
  return { socket, viaGroup: joinGroup() };
}

/** An engine that the person chose and that is not behind a unix socket: pet knows the way, and says if it is not there. */
function chosenElsewhere() {
  const host = process.env.DOCKER_HOST;
  if (host) return socketOf(host) ? undefined : { viaGroup: false };
  const context = process.env.DOCKER_CONTEXT || currentContext();
  return context && context !== "default" ? { viaGroup: false } : undefined;
}

/** @param {string | undefined} host */
function socketOf(host) {
  return host?.startsWith("unix://") ? host.slice("unix://".length) : undefined;
}

function currentContext() {
  const directory = process.env.DOCKER_CONFIG || join(homedir(), ".docker");
  try {
    return JSON.parse(readFileSync(join(directory, "config.json"), "utf8")).currentContext;
  } catch {
    return undefined;
  }
}

function hasDockerd() {
  return ask("sh", ["-c", "PATH=$PATH:/usr/sbin:/sbin command -v dockerd"]) !== undefined;
}

/** @param {string} socket */
function refused(socket) {
  return new Obstacle(
    `A Docker Engine listens on ${socket}, and you have no permission to use it.`,
    `Type: sudo usermod -aG docker ${userInfo().username} — then log in again, and run this again.`,
  );
}

/** The engine was installed for this person, so they may use it; this login learns of it by `sg`. */
function joinGroup() {
  const { uid, username } = userInfo();
  if (uid === 0) return false;
  say(
    `Adding ${username} to the group docker, whose members may use the engine (and so have root's rights).`,
  );
  if (ask(...asRoot("usermod", ["-aG", "docker", username])) === undefined) throw refused(standardSocket);
  return true;
}

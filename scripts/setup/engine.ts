/**
 * A Docker Engine that answers. One that does is never touched, nor is a choice of engine that the person has made;
 * only where there is none at all is Debian's installed and started.
 */

import { userInfo } from "node:os";
import { join } from "node:path";
import { defaultSocket } from "../../src/contexts/address.ts";
import { type Context, currentContext } from "../../src/contexts/current.ts";
import { PetError } from "../../src/pet/errors.ts";
import { knock } from "./engine-api.mjs";
import { startEngine } from "./engine-start.mjs";
import { becomeMember, membership } from "./group.ts";
import { installPackages } from "./packages.mjs";
import { ask } from "./run.mjs";
import { Obstacle, say } from "./say.mjs";

export interface EngineFound {
  /** Its unix socket; none where it is elsewhere and pet itself must go there. */
  readonly socket?: string;
  /** For pet, where it would look elsewhere by itself. */
  readonly dockerHost?: string;
  /** Whether this person may use it, but only from their next login on. */
  readonly awaitsLogin?: boolean;
}

export async function ensureEngine(env: NodeJS.ProcessEnv): Promise<EngineFound> {
  const context = contextOf(env);
  // Pet knows the way, and says if nobody is there.
  if (context?.endpoint.kind !== "unix") return {};
  const socket = context.endpoint.path;
  const welcome = await knock(socket);
  if (welcome === "answers") return { socket };
  if (mayBeAny(context)) {
    const other = await rootless(env);
    if (other) return other;
  }
  if (welcome === "refuses") {
    if (membership() === "waiting") return { awaitsLogin: true };
    throw refused(socket);
  }
  if (!isUsual(socket)) throw silent(context, socket);
  return setUp();
}

/** Undefined where something is wrong with the choice: pet says what. */
function contextOf(env: NodeJS.ProcessEnv): Context | undefined {
  try {
    return currentContext({ flag: undefined, env });
  } catch (error) {
    if (error instanceof PetError) return undefined;
    throw error;
  }
}

function mayBeAny({ name, why }: Context): boolean {
  return name === "default" && why !== "DOCKER_HOST";
}

/** An engine without root's rights that answers where pet does not look, because a file of the usual name is there. */
async function rootless({ XDG_RUNTIME_DIR, HOME }: NodeJS.ProcessEnv): Promise<EngineFound | undefined> {
  const sockets = [
    ...(XDG_RUNTIME_DIR ? [join(XDG_RUNTIME_DIR, "docker.sock")] : []),
    ...(HOME ? [join(HOME, ".docker", "run", "docker.sock")] : []),
  ];
  for (const socket of sockets) {
    if ((await knock(socket)) !== "answers") continue;
    const dockerHost = `unix://${socket}`;
    say(`Your own engine answers. For pet to find it in every shell: export DOCKER_HOST=${dockerHost}`);
    return { socket, dockerHost };
  }
  return undefined;
}

function isUsual(socket: string): boolean {
  return socket === defaultSocket || `/var${socket}` === defaultSocket;
}

const elsewhere =
  "Install and start a Docker Engine as https://docs.docker.com/engine/install tells for your system, then: npm start";

async function setUp(): Promise<EngineFound> {
  if (!hasDockerd()) {
    say("No Docker Engine answers on this machine, and none is installed: installing Debian's.");
    await installPackages(["docker.io", "docker-cli", "iptables", "ca-certificates"], say, elsewhere);
  }
  // Before it runs: a run that is interrupted here goes on, where one refused by a running engine would not.
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && membership() === "none" && !becomeMember()) throw refused(defaultSocket);
  await startEngine(defaultSocket, say);
  return isRoot || membership() === "member" ? { socket: defaultSocket } : { awaitsLogin: true };
}

function hasDockerd(): boolean {
  return ask("sh", ["-c", "PATH=$PATH:/usr/sbin:/sbin command -v dockerd"]) !== undefined;
}

function refused(socket: string): Obstacle {
  return new Obstacle(
    `A Docker Engine listens on ${socket}, and you have no permission to use it.`,
    `Type: sudo usermod -aG docker ${userInfo().username} — then log in again, and run this again.`,
  );
}

function silent(context: Context, socket: string): Obstacle {
  const { why } = context;
  const instead = mayBeAny(context)
    ? "remove that file"
    : /^[A-Z_]+$/.test(why)
      ? `unset ${why}`
      : "type: docker context use default";
  return new Obstacle(
    `No engine answers at unix://${socket}, which ${why} names.`,
    `Start it, or ${instead}, to have one set up on this machine.`,
  );
}

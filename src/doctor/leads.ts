/** Engines that answer, though they are not the one that is chosen: at the usual sockets, and of Docker's contexts. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultSocket, readAddress } from "../contexts/address.ts";
import { dockerConfigDirectory } from "../contexts/current.ts";
import { addressOf, type Endpoint } from "../engine/endpoint.ts";
import type { EngineInfo } from "../engine/engine.ts";
import { meet } from "./meet.ts";
import type { Place } from "./place.ts";

export interface Lead {
  /** As DOCKER_HOST wants it. */
  readonly address: string;
  /** Docker's context of that address, if there is one. */
  readonly context: string | undefined;
  readonly info: Pick<EngineInfo, "product" | "version" | "rootless">;
}

const patience = 5;

export async function leads(place: Place): Promise<readonly Lead[]> {
  const contexts = contextsIn(dockerConfigDirectory(place.env));
  const sockets = usualSockets(place)
    .filter((path) => existsSync(path))
    .map((path) => `unix://${path}`);
  const addresses = new Set([...sockets, ...contexts.values()]);
  const found = await Promise.all([...addresses].map((address) => lead(address, contexts, place.env)));
  return found.filter((one) => one !== undefined);
}

/** By the tools that make them: Docker, without root too, Podman, Colima, Docker Desktop, Rancher Desktop, OrbStack. */
function usualSockets({ env, home }: Pick<Place, "env" | "home">): readonly string[] {
  const own = env.XDG_RUNTIME_DIR || `/run/user/${process.getuid?.() ?? 0}`;
  const config = env.XDG_CONFIG_HOME || join(home, ".config");
  return [
    defaultSocket,
    join(own, "docker.sock"),
    join(home, ".docker/run/docker.sock"),
    join(home, ".docker/desktop/docker.sock"),
    join(env.COLIMA_HOME || join(home, ".colima"), "default/docker.sock"),
    join(config, "colima/default/docker.sock"),
    join(home, ".rd/docker.sock"),
    join(home, ".orbstack/run/docker.sock"),
    join(own, "podman/podman.sock"),
    "/run/podman/podman.sock",
  ];
}

/** Docker's contexts: name → address. What cannot be read leads nowhere. */
function contextsIn(dockerConfig: string): ReadonlyMap<string, string> {
  const folder = join(dockerConfig, "contexts", "meta");
  const found = namesIn(folder).map((name) => contextIn(join(folder, name, "meta.json")));
  return new Map(found.filter((one) => one !== undefined));
}

function contextIn(file: string): readonly [string, string] | undefined {
  try {
    const { Name: name, Endpoints: endpoints }: Metadata = JSON.parse(readFileSync(file, "utf8"));
    const host = endpoints?.docker?.Host;
    return typeof name === "string" && typeof host === "string" ? [name, host] : undefined;
  } catch {
    return undefined;
  }
}

interface Metadata {
  readonly Name?: unknown;
  readonly Endpoints?: { readonly docker?: { readonly Host?: unknown } };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function lead(
  address: string,
  contexts: ReadonlyMap<string, string>,
  env: Place["env"],
): Promise<Lead | undefined> {
  const endpoint = endpointOf(address);
  // Over ssh, or with TLS, is not a way that pet can go yet.
  if (endpoint === undefined || endpoint.kind === "other") return undefined;
  const met = await meet({ name: address, why: "", endpoint }, env, patience);
  if (met.kind !== "answers") return undefined;
  met.engine.close();
  const [context] = [...contexts].find(([, host]) => host === address) ?? [];
  return { address: addressOf(endpoint), context, info: met.info };
}

function endpointOf(address: string): Endpoint | undefined {
  try {
    return readAddress(address);
  } catch {
    return undefined;
  }
}

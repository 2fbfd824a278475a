/** .env files that are of one and the same pet, since their contexts are names of one engine. */

import { realpathSync } from "node:fs";
import type { Environment } from "../config/place.ts";
import { dockerConfigDirectory } from "../contexts/current.ts";
import { namedEndpoint } from "../contexts/named.ts";
import { addressOf } from "../engine/endpoint.ts";
import type { EnvDirectory, EnvSeen } from "./env-files.ts";

export type Double = readonly [EnvSeen, EnvSeen];

export function doubles({ files }: Pick<EnvDirectory, "files">, env: Environment): readonly Double[] {
  const byPet = Map.groupBy(
    files,
    (file) => `${prefixOf(file)} ${file.instance} ${engineOf(file.context, env)}`,
  );
  return [...byPet.values()].flatMap(([one, other]) =>
    one === undefined || other === undefined ? [] : [[one, other] as const],
  );
}

/** The same name under another prefix is another pet. */
function prefixOf({ is }: EnvSeen): string {
  return is !== "no file" && "settings" in is ? is.settings.prefix : "";
}

function engineOf(context: string, env: Environment): string {
  try {
    const endpoint = namedEndpoint(context, dockerConfigDirectory(env), env);
    return endpoint.kind === "unix" ? real(endpoint.path) : addressOf(endpoint);
  } catch {
    // No context of Docker's: an address, as DOCKER_HOST has it, of which the name tells a socket's path.
    return context.includes("+") ? real(`/${decoded(context.replaceAll("+", "/"))}`) : `name ${context}`;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function real(path: string): string {
  try {
    return `unix://${realpathSync(path)}`;
  } catch {
    return `unix://${path}`;
  }
}

/** Contexts as the docker CLI keeps them, in its configuration directory. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Endpoint } from "../engine/endpoint.ts";
import { fail } from "../pet/errors.ts";
import { defaultSocket, readAddress } from "./address.ts";
import type { Environment } from "./choose.ts";

/** @throws NO_CONTEXT, CONTEXT_BROKEN */
export function namedEndpoint(name: string, dockerConfig: string, env: Environment): Endpoint {
  if (name === "default") return { kind: "unix", path: usualSocket(env) };
  if (name.startsWith("kube:")) return { kind: "other", address: name };
  const digest = sha256(name);
  const file = join(dockerConfig, "contexts", "meta", digest, "meta.json");
  const text = read(file);
  if (text === undefined) throw fail("NO_CONTEXT", { context: name });
  const host = hostIn(parsed(text, file));
  if (host === undefined) throw fail("CONTEXT_BROKEN", { file });
  const endpoint = readAddress(host);
  const secured = existsSync(join(dockerConfig, "contexts", "tls", digest));
  return endpoint.kind === "tcp" && secured ? { kind: "other", address: `${host} with TLS` } : endpoint;
}

/** `currentContext` of the docker CLI's configuration. @throws CONTEXT_BROKEN */
export function configuredContext(dockerConfig: string): string | undefined {
  const file = join(dockerConfig, "config.json");
  const text = read(file);
  if (text === undefined) return undefined;
  const current = member(parsed(text, file), "currentContext");
  return typeof current === "string" ? current : undefined;
}

/** The usual socket, or where it is not there, the one of an engine that runs without root. */
function usualSocket(env: Environment): string {
  const candidates = [defaultSocket];
  if (env.XDG_RUNTIME_DIR) candidates.push(join(env.XDG_RUNTIME_DIR, "docker.sock"));
  if (env.HOME) candidates.push(join(env.HOME, ".docker", "run", "docker.sock"));
  return candidates.find((path) => existsSync(path)) ?? defaultSocket;
}

/** Loaded here and not above: most people have no context but the default. */
function sha256(text: string): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex");
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = member(error, "code");
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw fail("CONTEXT_BROKEN", { file }, { cause: error });
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw fail("CONTEXT_BROKEN", { file }, { cause: error });
  }
}

function hostIn(metadata: unknown): string | undefined {
  const host = member(member(member(metadata, "Endpoints"), "docker"), "Host");
  return typeof host === "string" && host !== "" ? host : undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

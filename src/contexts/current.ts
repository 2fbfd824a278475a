/**
 * Which context counts, and where its engine answers:
 * --context > PET_CONTEXT > DOCKER_HOST > DOCKER_CONTEXT > Docker's configuration > default.
 */

import { homedir } from "node:os";
import { join } from "node:path";
import type { Endpoint } from "../engine/endpoint.ts";
import { nameOfAddress, readAddress } from "./address.ts";
import { type Choice, chooseContext, type Environment } from "./choose.ts";
import { configuredContext, namedEndpoint } from "./named.ts";

export interface Context {
  /** Part of the .env files' names, once encoded: it may hold any character. */
  readonly name: string;
  /** What made the choice: `--context`, `DOCKER_HOST`… */
  readonly why: string;
  readonly endpoint: Endpoint;
}

/** @throws BAD_ADDRESS, NO_CONTEXT, CONTEXT_BROKEN */
export function currentContext({
  flag,
  env,
  dockerConfig = dockerConfigDirectory(env),
}: {
  readonly flag: string | undefined;
  readonly env: Environment;
  readonly dockerConfig?: string;
}): Context {
  const choice = chooseContext({ flag, env, configured: () => configuredContext(dockerConfig) });
  return choice.by === "address" ? fromAddress(choice, env) : fromName(choice, dockerConfig, env);
}

/** Where the docker CLI keeps its contexts, and what it knows of registries. */
export function dockerConfigDirectory(env: Environment): string {
  return env.DOCKER_CONFIG || join(env.HOME || homedir(), ".docker");
}

function fromAddress({ value, why }: Choice, env: Environment): Context {
  const endpoint = readAddress(value);
  const secured = Boolean(env.DOCKER_TLS_VERIFY || env.DOCKER_TLS) && endpoint.kind === "tcp";
  return {
    name: nameOfAddress(value),
    why,
    endpoint: secured ? { kind: "other", address: `${value} with TLS` } : endpoint,
  };
}

function fromName({ value, why }: Choice, dockerConfig: string, env: Environment): Context {
  return { name: value, why, endpoint: namedEndpoint(value, dockerConfig, env) };
}

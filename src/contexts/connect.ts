/** A context's engine. Nothing is said to it until something is asked of it. */

import { connectDocker } from "../engine/docker/index.ts";
import type { Engine } from "../engine/engine.ts";
import { fail } from "../pet/errors.ts";
import type { Environment } from "./choose.ts";
import { type Context, dockerConfigDirectory } from "./current.ts";

/** @throws CONTEXT_UNSUPPORTED */
export function connect({ name, endpoint }: Context, env: Environment): Engine {
  if (endpoint.kind !== "other") return connectDocker(endpoint, dockerConfigDirectory(env));
  throw fail("CONTEXT_UNSUPPORTED", { context: name, address: endpoint.address });
}

/**
 * `pet completion paths NAME`: the paths in a pet that go on as $PET_COMPLETING begins, a line each. It is what Tab asks,
 * so it says nothing rather than keep a person waiting, starts nothing, and never fails.
 */

import type { Environment } from "../config/place.ts";
import { pathsLike } from "../flows/paths.ts";
import { instanceName } from "../pet/names.ts";
import { openWorld } from "./open-world.ts";
import type { Given } from "./parse.ts";
import { aimed } from "./run-pet-command.ts";

/** Milliseconds. Longer, and it seems to hang. */
const patience = 1000;

export async function completePaths(name: string, given: Given, env: Environment): Promise<number> {
  const late = Promise.withResolvers<readonly string[]>();
  const timer = setTimeout(late.resolve, patience, []);
  const found = await Promise.race([look(name, given, env), late.promise]).catch(() => []);
  clearTimeout(timer);
  for (const path of found) process.stdout.write(`${path}\n`);
  return 0;
}

async function look(name: string, given: Given, env: Environment): Promise<readonly string[]> {
  const world = openWorld(given, env, "pet");
  const target = aimed(world, { instance: instanceName(name) }, "whatever");
  try {
    return await pathsLike(world, target, env.PET_COMPLETING ?? "");
  } finally {
    world.engine.close();
  }
}

/** What there is in a pet under paths that begin in some way. Nothing is started for it. */

import { farEndArgv } from "../files/far-end.ts";
import { pathsThrough } from "../files/list.ts";
import { openRunning } from "./any-door.ts";
import type { Target, World } from "./world.ts";

export async function pathsLike(world: World, target: Target, begun: string): Promise<readonly string[]> {
  const door = await openRunning(world, target, farEndArgv);
  if (door === undefined) return [];
  try {
    return await pathsThrough(door, begun);
  } finally {
    door.close();
  }
}

/** The way in: straight through the door where the TTY runs, else after making it ready. */

import { consoleArgv } from "../console/argv.ts";
import type { Door } from "../engine/engine.ts";
import { fail, isFailure } from "../pet/errors.ts";
import { type ContainerName, containerName } from "../pet/names.ts";
import type { Target, World } from "./world.ts";

/**
 * Opens the door and has it used. On a TTY that runs, nothing is looked at first: one call to the engine.
 * @throws NO_TTY, NOT_RUNNING where `otherwise` is to fail
 */
export async function throughDoor<Result>(
  world: World,
  target: Target,
  otherwise: "make ready" | "fail",
  use: (door: Door) => Promise<Result>,
): Promise<Result> {
  let door: Door;
  try {
    door = await world.engine.exec(containerName(target.address), consoleArgv);
  } catch (error) {
    if (otherwise === "fail") return await use(await doorElsewhere(world, target, error));
    if (!isFailure(error, "NO_TTY", "NOT_RUNNING")) throw error;
    const [{ makeReady }, { whenUp }] = await Promise.all([import("./ready.ts"), import("./up.ts")]);
    const name = await makeReady(world, target);
    return await whenUp(world, name, async () => await use(await world.engine.exec(name, consoleArgv)));
  }
  return await use(door);
}

/** Where it may yet run: under the prefix that its labels show. */
async function doorElsewhere(world: World, target: Target, error: unknown): Promise<Door> {
  if (!isFailure(error, "NO_TTY")) throw error;
  const { located } = await import("./locate.ts");
  const place = await located(world, target);
  if (place === target) throw error;
  return await world.engine.exec(containerName(place.address), consoleArgv);
}

/** For a dry run: whose door would be used. What would have to be made first is told. @throws as throughDoor */
export async function plannedDoor(
  world: World,
  target: Target,
  otherwise: "make ready" | "fail",
): Promise<ContainerName> {
  if (otherwise === "make ready") {
    const { makeReady } = await import("./ready.ts");
    return await makeReady(world, target);
  }
  const [{ located }, { chosen }] = await Promise.all([import("./locate.ts"), import("./stop.ts")]);
  const [tty] = await chosen(world, await located(world, target), "this TTY");
  if (tty?.state === "running") return tty.name;
  throw fail("NOT_RUNNING", { name: tty?.name ?? containerName(target.address) });
}

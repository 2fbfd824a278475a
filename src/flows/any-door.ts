/** A way into whichever TTY of a pet runs, as they share the home: the one meant, else another, else it is made ready. */

import type { Door } from "../engine/engine.ts";
import { isFailure } from "../pet/errors.ts";
import { ttyLabels } from "../pet/labels.ts";
import { type ContainerName, containerName } from "../pet/names.ts";
import { plannedDoor } from "./door.ts";
import { located } from "./locate.ts";
import type { Target, World } from "./world.ts";

/** Opens the door and has it used. Nothing is looked at first: where it runs, that is one call to the engine. */
export async function throughAnyDoor<Result>(
  world: World,
  target: Target,
  argv: readonly string[],
  use: (door: Door) => Promise<Result>,
): Promise<Result> {
  const door = await openRunning(world, target, argv);
  if (door !== undefined) return await use(door);
  const [{ makeReady }, { whenUp }] = await Promise.all([import("./ready.ts"), import("./up.ts")]);
  const name = await makeReady(world, target);
  return await whenUp(world, name, async () => await use(await world.engine.exec(name, argv)));
}

/** For a dry run: whose door would be used. What would have to be made first is told. */
export async function plannedAnyDoor(world: World, target: Target): Promise<ContainerName> {
  return (await runningTty(world, target)) ?? (await plannedDoor(world, target, "make ready"));
}

/** Where one runs. @throws what the engine has against it */
export async function openRunning(
  world: World,
  target: Target,
  argv: readonly string[],
): Promise<Door | undefined> {
  try {
    return await world.engine.exec(containerName(target.address), argv);
  } catch (error) {
    if (!isFailure(error, "NO_TTY", "NOT_RUNNING")) throw error;
  }
  const other = await runningTty(world, target);
  return other === undefined ? undefined : await world.engine.exec(other, argv);
}

async function runningTty(world: World, target: Target): Promise<ContainerName | undefined> {
  const { address } = await located(world, target);
  const ttys = (await world.engine.list(ttyLabels(address))).filter((tty) => tty.state === "running");
  const meant = containerName(address);
  return (ttys.find((tty) => tty.name === meant) ?? ttys[0])?.name;
}

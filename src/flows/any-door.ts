/** A way into whichever TTY of a pet runs, as they share the home: the one meant, else another, else it is made ready. */

import type { Door } from "../engine/engine.ts";
import { isFailure } from "../pet/errors.ts";
import { label, ttyLabels } from "../pet/labels.ts";
import { type ContainerName, containerName } from "../pet/names.ts";
import { census } from "./census.ts";
import { plannedDoor } from "./door.ts";
import { located } from "./locate.ts";
import type { Target, World } from "./world.ts";

/** What becomes of a pet that is not there yet: one that files are put into is made, to get some there is nothing. */
export type Unmade = "make it" | "refuse";

/**
 * Opens the door and has it used. Nothing is looked at first: where it runs, that is one call to the engine.
 * @throws NO_PET
 */
export async function throughAnyDoor<Result>(
  world: World,
  target: Target,
  unmade: Unmade,
  argv: readonly string[],
  use: (door: Door) => Promise<Result>,
): Promise<Result> {
  const door = await openRunning(world, target, argv);
  if (door !== undefined) return await use(door);
  if (unmade === "refuse") await refuseUnmade(world, target);
  const [{ makeReady }, { whenUp }] = await Promise.all([import("./ready.ts"), import("./up.ts")]);
  const name = await makeReady(world, target);
  return await whenUp(world, name, async () => await use(await world.engine.exec(name, argv)));
}

/** For a dry run: whose door would be used. What would have to be made first is told. @throws NO_PET */
export async function plannedAnyDoor(world: World, target: Target, unmade: Unmade): Promise<ContainerName> {
  const running = await runningTty(world, target);
  if (running !== undefined) return running;
  if (unmade === "refuse") await refuseUnmade(world, target);
  return await plannedDoor(world, target, "make ready");
}

/** @throws NO_PET */
async function refuseUnmade(world: World, target: Target): Promise<void> {
  const { ttys, homes } = await census(world.engine);
  const { instance } = target.address;
  if ([...ttys, ...homes].some(({ labels }) => labels[label.instance] === instance)) return;
  const { noPet } = await import("./no-pet.ts");
  throw await noPet(world, instance);
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

/** One TTY's new container: made beside the old one, proven, and put in its place. */

import { fail, isFailure, PetError } from "../pet/errors.ts";
import type { ContainerName } from "../pet/names.ts";
import { workspaceOf } from "../pet/spec.ts";
import { answer } from "./answer.ts";
import { callFor } from "./call.ts";
import { presenceOf } from "./census.ts";
import type { Renewal } from "./renewal.ts";
import { whenUp } from "./up.ts";
import { memoryOf } from "./wish.ts";
import type { World } from "./world.ts";

/** @throws NOT_RENEWED: the old one is as it was */
export async function renew(world: World, renewal: Renewal): Promise<void> {
  const { target, tty, name, wish, image } = renewal;
  const workspace = workspaceOf(wish.address, wish.settings, image.tag, memoryOf(wish));
  await world.engine.replace(workspace, (beside) => proof(world, renewal, beside));
  const call = callFor(world, target);
  world.report.note(
    presenceOf(tty) === "running"
      ? `recreated ${name}; go there with: ${call}`
      : `recreated ${name}, which stays stopped; start it with: ${call} --start`,
  );
}

/** One that was stopped is left stopped, once it has shown that it can run. */
async function proof(world: World, renewal: Renewal, beside: ContainerName): Promise<void> {
  const { engine } = world;
  const seconds = renewal.wish.settings.readySeconds;
  try {
    const status = await whenUp(world, beside, () => answer(engine, beside, seconds));
    if (status !== 0) throw fail("TTY_DIED", { name: beside, status });
  } catch (error) {
    if (!(error instanceof PetError) || !(await isItsOwn(world, beside, error))) throw error;
    throw await notRenewed(world, renewal, beside, error);
  }
  if (presenceOf(renewal.tty) !== "running") await engine.stop(beside);
}

/** Whether the workspace is not fit. What the engine itself failed at is told as that. */
async function isItsOwn({ engine }: World, beside: ContainerName, error: PetError): Promise<boolean> {
  if (isFailure(error, ...unproven)) return true;
  // What answered was no console: an engine that has gone does not answer at all.
  return isFailure(error, "DOOR_LOST") && (await engine.inspect(beside).catch(() => undefined)) !== undefined;
}

const unproven = [
  "TTY_DIED",
  "NOT_READY",
  "NOT_RUNNING",
  "NO_TTY",
  "CONSOLE_FAILED",
  "CONSOLE_VERSION",
  "COMMAND_NOT_FOUND",
  "COMMAND_NOT_EXECUTABLE",
] as const;

async function notRenewed(
  world: World,
  { target, name }: Renewal,
  beside: ContainerName,
  cause: PetError,
): Promise<PetError> {
  const detail = cause.detail ?? (await world.engine.logs(beside, 10).catch(() => undefined));
  return fail(
    "NOT_RENEWED",
    { name, reason: cause.message, call: callFor(world, target) },
    { cause, detail: detail || undefined },
  );
}

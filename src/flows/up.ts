/** A TTY that was just started: it may end at once, or find its home in other hands. */

import { setTimeout as pause } from "node:timers/promises";
import { rememberedSettings } from "../config/settings.ts";
import type { Engine, Tty } from "../engine/engine.ts";
import { fail, isFailure } from "../pet/errors.ts";
import { label, ttyLabels } from "../pet/labels.ts";
import { type ContainerName, instanceName, prefixName } from "../pet/names.ts";
import { presenceOf } from "./census.ts";
import type { Owner } from "./owners.ts";
import { inTurn } from "./turn.ts";
import type { World } from "./world.ts";

/** Exit status of an entry point that found its home in other hands (terminals/base). Nothing was begun then. */
const homeForeign = 78;

const tries = 5;

/** Milliseconds. What was up for longer did not end as soon as it was started. */
const beginning = 10_000;

/**
 * Tries the way in until the TTY answers, mending its home where that is what keeps it from running.
 * @throws TTY_DIED with its last words
 */
export async function whenUp<Result>(
  world: World,
  name: ContainerName,
  wayIn: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const begun = Date.now();
    try {
      return await wayIn();
    } catch (error) {
      if (!isFailure(error, "NOT_RUNNING", "DOOR_LOST", "CONSOLE_LOST") || attempt === tries) throw error;
      if (Date.now() - begun > beginning) throw error;
      const ended = await seenEnded(world, name);
      if (ended !== undefined) await mendOrGiveUp(world, ended, ended.exitStatus ?? 0);
      else if (!isFailure(error, "NOT_RUNNING")) throw error;
    }
  }
}

/**
 * An engine that restarts what ends shows it as running now and then: a few looks tell. One that is being removed is
 * waited for. @throws NO_TTY where it has gone
 */
async function seenEnded(world: World, name: ContainerName): Promise<Tty | undefined> {
  let looks = 8;
  for (let look = 0; look < looks; look++) {
    const tty = await world.engine.inspect(name);
    if (tty === undefined) throw fail("NO_TTY", { name });
    if (tty.state === "dead") looks = 200;
    else if (tty.exitStatus !== undefined) return tty;
    await pause(50);
  }
  return undefined;
}

async function mendOrGiveUp(world: World, tty: Tty, status: number): Promise<void> {
  const { engine, report } = world;
  if (status !== homeForeign) {
    const detail = await lastWords(engine, tty.name);
    throw fail("TTY_DIED", { name: tty.name, status }, { detail });
  }
  const pet = {
    prefix: prefixName(tty.labels[label.prefix] ?? ""),
    instance: instanceName(tty.labels[label.instance] ?? ""),
  };
  await engine.stop(tty.name);
  await inTurn(world, pet, tty.imageId, async () => {
    // Another may have put a new one in its place while this waited.
    if ((await engine.inspect(tty.name))?.id !== tty.id) return;
    const owner = ownerOf(tty);
    refuseShared(world, tty.name, owner, await engine.list(ttyLabels(pet)));
    const { mendHome } = await import("./mend.ts");
    report.note("the home belongs to another uid; it is given to this one, file by file");
    await mendHome(engine, { pet, tty, owner });
    await engine.start(tty.name);
  });
}

/** @throws HOME_SHARED where one of these runs as somebody else: a home has one owner */
export function refuseShared(
  { call }: World,
  name: ContainerName,
  { uid }: Owner,
  ttys: readonly Tty[],
): void {
  const others = ttys.filter((one) => presenceOf(one) === "running" && ownerOf(one).uid !== uid);
  if (others.length === 0) return;
  const names = others.map((one) => one.name).join(", ");
  throw fail("HOME_SHARED", { name, uid, others: names, call });
}

/** What is removed by another at this moment has none, and needs no stopping. */
async function lastWords(engine: Engine, name: ContainerName): Promise<string | undefined> {
  try {
    const said = await engine.logs(name, 10);
    await engine.stop(name);
    return said;
  } catch (error) {
    if (isFailure(error, "NO_TTY", "ENGINE_FAILED")) return undefined;
    throw error;
  }
}

export function ownerOf(tty: Tty): Owner {
  const { uid, gid } = rememberedSettings(tty.labels[label.spec] ?? "{}", tty.name);
  return { uid, gid };
}

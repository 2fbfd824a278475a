/** The verbs of one invocation, carried out in the order of their table. */

import { located } from "../flows/locate.ts";
import type { Target, World } from "../flows/world.ts";
import { fail } from "../pet/errors.ts";
import type { PetInvocation } from "./parse.ts";
import { type VerbName, verbs } from "./tables.ts";

type Act = (world: World, target: Target, invocation: PetInvocation) => Promise<number>;

const acts: Readonly<Record<VerbName, Act>> = {
  config: async (world, target, { keys, verbs: asked, command }) => {
    const { config } = await import("../flows/config.ts");
    await config(world, target, keys);
    if (world.dryRun && (asked.size > 1 || command !== undefined)) {
      world.report.note("nothing was written: what follows is planned with the settings as they are");
    }
    return 0;
  },
  clean: async (world, target) => {
    const { clean } = await import("../flows/clean.ts");
    clean(world, target);
    return 0;
  },
  build: async (world, target, { given }) => {
    const { build } = await import("../flows/build.ts");
    const anew = { pull: given.flags.has("pull"), noCache: given.flags.has("no-cache") };
    await build(world, target, anew.pull || anew.noCache ? anew : undefined);
    return 0;
  },
  stop: async (world, target, invocation) => {
    const { stop } = await import("../flows/stop.ts");
    await stop(world, target, extentOf(invocation));
    return 0;
  },
  start: async (world, target, invocation) => {
    const { start } = await import("../flows/start.ts");
    await start(world, target, extentOf(invocation));
    return 0;
  },
  restart: async (world, target, invocation) => {
    const { restart } = await import("../flows/start.ts");
    await restart(world, target, extentOf(invocation));
    return 0;
  },
  recreate: async (world, target, invocation) => {
    const { recreate } = await import("../flows/recreate.ts");
    await recreate(world, target, extentOf(invocation));
    return 0;
  },
  status: async (world, target, { given }) => {
    const { showStatus } = await import("./show-status.ts");
    return await showStatus(world, target, given);
  },
  logs: async (world, target, invocation) => {
    const { showLogs } = await import("./show-logs.ts");
    return await showLogs(world, target, extentOf(invocation), invocation.given);
  },
  attach: async (world, target, { command }) => {
    // With a command, --attach only says that nothing is to be started for it.
    if (command !== undefined) return 0;
    const { attach } = await import("../flows/attach.ts");
    return await attach(world, target, "fail");
  },
  destroy: async (world, target, { given }) => {
    const { destroy } = await import("../flows/destroy.ts");
    await destroy(world, target, given.flags.has("keep-home") ? "keep home" : "remove home");
    return 0;
  },
};

/** What a verb needs the .env file to be: what only writes or removes it has to work on a broken one. */
export type FileState = "sound" | "whatever";

const onFile: ReadonlySet<VerbName> = new Set(["config", "clean"]);

/** Verbs on what is there already, wherever it was made. */
const onPet: ReadonlySet<VerbName> = new Set([
  "stop",
  "start",
  "restart",
  "recreate",
  "status",
  "logs",
  "destroy",
]);

export async function runVerbs(
  world: World,
  aim: (state: FileState) => Target,
  invocation: PetInvocation,
): Promise<number> {
  let status = 0;
  for (const { name } of verbs.filter((verb) => invocation.verbs.has(verb.name))) {
    const target = aim(onFile.has(name) ? "whatever" : "sound");
    const place = onPet.has(name) ? await located(world, target) : target;
    if (place !== target && name === "destroy" && invocation.given.flags.has("yes")) {
      // Only its name is alike: that is for a person to look at, and no yes given beforehand was meant for it.
      const { instance, prefix } = place.address;
      throw fail("OTHER_PREFIX", { name: instance, prefix, call: world.call });
    }
    status = await acts[name](world, place, invocation);
  }
  return status;
}

function extentOf({ given }: PetInvocation): "this TTY" | "every TTY" {
  return given.flags.has("all") ? "every TTY" : "this TTY";
}

/** `pet INSTANCE [TTY] …`: verbs in the order of their table, then the command, or the way in. */

import { type Environment, envFile } from "../config/place.ts";
import { prefixOrDefault, readSettings } from "../config/settings.ts";
import { attach } from "../flows/attach.ts";
import { run } from "../flows/run.ts";
import type { Target, World } from "../flows/world.ts";
import { prefixName } from "../pet/names.ts";
import { stdinKind } from "../system/stdin.ts";
import { openWorld } from "./open-world.ts";
import type { PetInvocation } from "./parse.ts";

export async function runPet(invocation: PetInvocation, env: Environment): Promise<number> {
  const { given, instance, tty, verbs, command } = invocation;
  const alias = env.PET_ALIAS === instance ? instance : undefined;
  const world = openWorld(given, env, alias ?? `pet ${instance}`);
  try {
    const file = envFile(world.configDirectory, world.context, instance);
    // What only writes or removes the file has to work on a broken one.
    const onFile = verbs.size > 0 && [...verbs].every((verb) => verb === "config" || verb === "clean");
    const prefix = onFile ? prefixOrDefault(file) : readSettings(file).settings.prefix;
    const target = { address: { prefix: prefixName(prefix), instance, tty }, envFile: file };
    if (given.flags.has("help")) {
      const { showHelp } = await import("./show-help.ts");
      return await showHelp(invocation, target, alias);
    }
    if (verbs.size > 0) {
      const { runVerbs } = await import("./run-verbs.ts");
      const status = await runVerbs(world, target, invocation);
      if (command === undefined) return status;
    }
    return command === undefined
      ? await goIn(world, target)
      : await runInside(world, target, invocation, command);
  } finally {
    world.engine.close();
  }
}

/** No verb: a terminal is attached, a script is run, and without either the pet is made ready. */
async function goIn(world: World, target: Target): Promise<number> {
  switch (stdinKind()) {
    case "terminal": {
      return await attach(world, target, "make ready");
    }
    case "script": {
      return await run(world, target, { script: true }, "with stdin", "make ready");
    }
    case "device":
    case "nothing": {
      const { startOne } = await import("../flows/start.ts");
      await startOne(world, target);
      if (world.dryRun) return 0;
      const { showStatus } = await import("./show-status.ts");
      return await showStatus(world, target, "text");
    }
  }
}

async function runInside(
  world: World,
  target: Target,
  { given, verbs }: PetInvocation,
  argv: readonly string[],
): Promise<number> {
  const stdin = given.flags.has("no-stdin") ? "no stdin" : "with stdin";
  return await run(world, target, { argv }, stdin, verbs.has("attach") ? "fail" : "make ready");
}

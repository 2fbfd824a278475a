/** `pet INSTANCE [TTY] …`: verbs in the order of their table, then the command, or the way in. */

import { type Environment, envFile } from "../config/place.ts";
import { prefixOrDefault, readSettings } from "../config/settings.ts";
import { attach } from "../flows/attach.ts";
import { run } from "../flows/run.ts";
import type { Target, World } from "../flows/world.ts";
import { prefixName } from "../pet/names.ts";
import { stdinKind } from "../system/stdin.ts";
import { openWorld } from "./open-world.ts";
import type { Given, PetInvocation } from "./parse.ts";
import type { FileState } from "./run-verbs.ts";

export async function runPet(invocation: PetInvocation, env: Environment): Promise<number> {
  const { given, instance, verbs, command } = invocation;
  const alias = env.PET_ALIAS === instance ? instance : undefined;
  const world = openWorld(given, env, alias ?? `pet ${instance}`);
  try {
    if (given.flags.has("help")) {
      const { showHelp } = await import("./show-help.ts");
      return await showHelp(invocation, aimed(world, invocation), alias);
    }
    if (verbs.size > 0) {
      const { runVerbs } = await import("./run-verbs.ts");
      const status = await runVerbs(world, (file) => aimed(world, invocation, file), invocation);
      if (command === undefined) return status;
    }
    const target = aimed(world, invocation);
    return command === undefined
      ? await goIn(world, target, given)
      : await runInside(world, target, invocation, command);
  } finally {
    world.engine.close();
  }
}

/** The file says the prefix, so that a verb which writes it moves the target: every verb aims anew. */
function aimed(world: World, { instance, tty }: PetInvocation, state: FileState = "sound"): Target {
  const file = envFile(world.configDirectory, world.context, instance);
  const prefix = state === "sound" ? readSettings(file).settings.prefix : prefixOrDefault(file);
  return { address: { prefix: prefixName(prefix), instance, tty }, envFile: file };
}

/** No verb: a terminal is attached, a script is run, and without either the pet is made ready. */
async function goIn(world: World, target: Target, given: Given): Promise<number> {
  switch (stdinKind()) {
    case "terminal": {
      return await attach(world, target, "make ready");
    }
    case "script": {
      return await run(world, target, { script: true }, "with stdin", "make ready");
    }
    case "device":
    case "nothing": {
      const [{ startOne }, { located }, { showStatus }] = await Promise.all([
        import("../flows/start.ts"),
        import("../flows/locate.ts"),
        import("./show-status.ts"),
      ]);
      await startOne(world, target);
      return world.dryRun ? 0 : await showStatus(world, await located(world, target), given);
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

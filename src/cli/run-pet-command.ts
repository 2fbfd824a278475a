/** `foo put …`, `pet put foo …`: a command on one pet. What each needs is loaded when it runs. */

import { type Environment, envFile } from "../config/place.ts";
import { prefixOrDefault, readSettings } from "../config/settings.ts";
import type { Target, World } from "../flows/world.ts";
import { firstTty, prefixName } from "../pet/names.ts";
import type { PackageWords } from "../pet/package-list.ts";
import { openWorld } from "./open-world.ts";
import type { PetCommandInvocation } from "./parse.ts";
import type { FileState } from "./run-verbs.ts";
import type { PetCommandName } from "./tables.ts";

interface Act {
  /** What it needs the .env file to be. */
  readonly on: FileState;
  readonly run: (world: World, target: Target, invocation: PetCommandInvocation) => Promise<number>;
}

const acts: Readonly<Record<PetCommandName, Act>> = {
  edit: {
    on: "whatever",
    run: async (world, target) => {
      const { edit } = await import("../flows/edit.ts");
      await edit(world, target, process.env);
      return 0;
    },
  },
  add: {
    on: "sound",
    run: async (world, target, { words }) => await packages(world, target, { do: "add", names: words }),
  },
  drop: {
    on: "sound",
    run: async (world, target, { words }) => await packages(world, target, { do: "drop", names: words }),
  },
  put: {
    on: "sound",
    run: async (world, target, { words, given }) => {
      const { put } = await import("../flows/put.ts");
      await put(world, target, words, given.flags.has("json") ? "json" : "text");
      return 0;
    },
  },
  get: {
    on: "sound",
    run: async (world, target, { words, given }) => {
      const { get } = await import("../flows/get.ts");
      return await get(world, target, words, given.flags.has("json") ? "json" : "text");
    },
  },
  push: {
    on: "sound",
    run: async (world, target, { words: [name = ""] }) => {
      const { push } = await import("../flows/push.ts");
      await push(world, target, name);
      return 0;
    },
  },
};

async function packages(world: World, target: Target, words: PackageWords): Promise<number> {
  const { changePackages } = await import("../flows/packages.ts");
  await changePackages(world, target, words);
  return 0;
}

export async function runPetCommand(invocation: PetCommandInvocation, env: Environment): Promise<number> {
  const { given, name, instance } = invocation;
  const world = openWorld(given, env, env.PET_ALIAS === instance ? instance : `pet ${instance}`);
  try {
    const { on, run } = acts[name];
    return await run(world, aimed(world, invocation, on), invocation);
  } finally {
    world.engine.close();
  }
}

export function aimed(
  world: World,
  { instance }: Pick<PetCommandInvocation, "instance">,
  state: FileState,
): Target {
  const file = envFile(world.configDirectory, world.context, instance);
  const prefix = state === "sound" ? readSettings(file).settings.prefix : prefixOrDefault(file);
  return { address: { prefix: prefixName(prefix), instance, tty: firstTty }, envFile: file };
}

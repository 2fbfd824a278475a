/** `pet COMMAND …`, and `pet` alone. */

import type { Environment } from "../config/place.ts";
import { fail } from "../pet/errors.ts";
import { instanceName } from "../pet/names.ts";
import { nearest } from "../pet/nearest.ts";
import type { CommandInvocation, Given } from "./parse.ts";
import { type CommandName, commands } from "./tables.ts";

type Act = (invocation: CommandInvocation, env: Environment) => Promise<number>;

const acts: Readonly<Record<CommandName, Act>> = {
  status: async ({ given }, env) => await status(given, env),
  ls: async ({ given }, env) => await status(given, env),
  prune: async ({ given }, env) => {
    const { prune } = await import("./prune.ts");
    return await prune(given, env);
  },
  version: async () => {
    const { version } = await import("./version.ts");
    console.log(version);
    return 0;
  },
  help: async ({ words, of }, env) => {
    const { helpOn, helpText } = await import("./help.ts");
    const [word] = words;
    console.log(
      word === undefined ? helpText({}) : await helpOn(word, of === env.PET_ALIAS ? of : undefined),
    );
    return 0;
  },
  alias: async ({ words, given }, env) => {
    const { alias } = await import("./alias.ts");
    return await alias(words.map(instanceName), given, env);
  },
  doctor: async ({ given }, env) => {
    const { doctor } = await import("./doctor.ts");
    return await doctor(given, env);
  },
  completion: async ({ words, given }, env) => {
    const [shell, instance] = words;
    if (shell === "paths" && instance !== undefined) {
      const { completePaths } = await import("./complete-paths.ts");
      return await completePaths(instance, given, env);
    }
    if (instance !== undefined) throw tooMany("completion", instance);
    if (shell === undefined)
      throw fail("WORDS_MISSING", { name: "completion", usage: usageOf("completion") });
    const { completionScript, shellNames } = await import("./completion.ts");
    const script = completionScript(shell);
    if (script !== undefined) {
      process.stdout.write(script);
      return 0;
    }
    const near = nearest(shell, shellNames);
    throw fail("UNKNOWN_SHELL", { shell, near: near === undefined ? "" : ` Did you mean ${near}?` });
  },
};

export async function runCommandWord(invocation: CommandInvocation, env: Environment): Promise<number> {
  const { name, given, words } = invocation;
  if (given.flags.has("help") && name !== "help") {
    const { helpOn } = await import("./help.ts");
    console.log(await helpOn(name));
    return 0;
  }
  if (words.length > limits[name]) throw tooMany(name, words[limits[name]] ?? "");
  return await acts[name](invocation, env);
}

function tooMany(name: CommandName, word: string) {
  return fail("TOO_MANY_WORDS", { word, usage: `Write: ${usageOf(name)}` });
}

function usageOf(name: CommandName): string {
  return commands.find((row) => row.name === name)?.usage ?? `pet ${name}`;
}

const limits: Readonly<Record<CommandName, number>> = {
  status: 0,
  ls: 0,
  prune: 0,
  version: 0,
  doctor: 0,
  help: 1,
  completion: 2,
  alias: Number.POSITIVE_INFINITY,
};

async function status(given: Given, env: Environment): Promise<number> {
  const { openWorld } = await import("./open-world.ts");
  const { showAll } = await import("./show-status.ts");
  const world = openWorld(given, env, "pet");
  try {
    const pets = await showAll(world, given);
    if (pets.length === 0) world.report.note("There is no pet here yet. Make one: pet NAME");
    return 0;
  } finally {
    world.engine.close();
  }
}

/** `pet` alone: the pets there are, and a short help. */
export async function overview(given: Given, env: Environment): Promise<number> {
  const status = await acts.status({ kind: "command", name: "status", given, words: [] }, env);
  if (!given.flags.has("json")) {
    console.error("\nGo to one, or make it: pet NAME   What else there is: pet --help");
  }
  return status;
}

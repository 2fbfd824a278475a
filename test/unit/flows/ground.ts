/** A world over an engine held in memory: what flows do there, and what they say, is kept to be looked at. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { envFile } from "../../../src/config/place.ts";
import { readSettings } from "../../../src/config/settings.ts";
import type { Engine } from "../../../src/engine/engine.ts";
import { memoryEngine } from "../../../src/engine/memory/index.ts";
import { memoryOf } from "../../../src/flows/wish.ts";
import type { Target, World } from "../../../src/flows/world.ts";
import { containerName, instanceName, prefixName, ttyName } from "../../../src/pet/names.ts";
import { homeOf, workspaceOf } from "../../../src/pet/spec.ts";
import { temporaryDirectory } from "../../support/temporary.ts";

export interface Ground {
  readonly world: World;
  /** Lines on standard output, and on standard error. */
  readonly answers: string[];
  readonly notes: string[];
  /** The pet of this name, by a person's own file where one is given. */
  target(instance: string, more?: { tty?: string; prefix?: string; file?: string }): Target;
  /** Makes a TTY and its home from these lines of a .env file, and starts it. */
  made(instance: string, more?: { tty?: string; lines?: string }): Promise<Target>;
}

/** @param over takes the place of parts of the engine @param manner of those of the world */
export function ground(
  over: (engine: Engine) => Partial<Engine> = () => ({}),
  manner: Partial<World> = {},
): Ground {
  const memory = memoryEngine({ images: ["image"] });
  const engine = { ...memory, ...over(memory) };
  const directory = temporaryDirectory();
  const [answers, notes]: [string[], string[]] = [[], []];
  const world: World = {
    engine,
    context: "default",
    remote: false,
    configDirectory: directory,
    cacheDirectory: join(directory, "cache"),
    report: {
      answer: (line) => void answers.push(line),
      note: (line) => void notes.push(line),
      follow: async () => {},
      wait: async (_, work) => await work,
    },
    ask: { confirm: async () => true, typedBack: async () => true },
    mayAsk: false,
    dryRun: false,
    call: "pet foo",
    ...manner,
  };
  const target: Ground["target"] = (instance, { tty = "1", prefix = "pet", file } = {}) => {
    const names = { prefix: prefixName(prefix), instance: instanceName(instance), tty: ttyName(tty) };
    const path = envFile(directory, "default", names.instance);
    if (file !== undefined) writeFileSync(path, file);
    return { address: names, envFile: path };
  };
  return {
    world,
    answers,
    notes,
    target,
    async made(instance, { tty = "1", lines = "" } = {}) {
      const file = join(temporaryDirectory(), "env");
      writeFileSync(file, lines);
      const { settings, values } = readSettings(file);
      const pet = target(instance, { tty, prefix: settings.prefix });
      await memory.ensureHome(homeOf(pet.address, settings, memoryOf({ settings, values })));
      await memory.create(workspaceOf(pet.address, settings, "image", memoryOf({ settings, values })));
      await memory.start(containerName(pet.address));
      return pet;
    },
  };
}

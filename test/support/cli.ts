/** `pet` as a person runs it, in a scratch home and against the tests' engine. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { petCommand } from "./command.ts";
import { testEngine } from "./engine.ts";
import { type Environment, hostEnvironment, laidOver } from "./environment.ts";
import { open, type Terminal, type TerminalOptions } from "./pty.ts";
import { type Outcome, type RunOptions, runToEnd } from "./run-to-end.ts";
import { temporaryDirectory } from "./temporary.ts";

export type { Outcome, RunOptions };
export { petCommand, runToEnd };

export interface Person {
  /** Their scratch directory, HOME. */
  readonly home: string;
  /** PET_CONFIG_HOME. */
  readonly config: string;
  readonly env: Record<string, string>;
  /** Runs pet to its end, without a terminal. */
  pet(args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Runs pet in a terminal. */
  open(args: readonly string[], options?: TerminalOptions): Terminal;
}

/** Someone with an empty home, whose DOCKER_HOST is the tests' engine unless `env` says otherwise. */
export function person(env: Environment = {}): Person {
  const home = temporaryDirectory();
  const config = join(home, ".config", "pet");
  mkdirSync(config, { recursive: true, mode: 0o700 });
  const own = { HOME: home, PET_CONFIG_HOME: config, DOCKER_HOST: testEngine().dockerHost };
  const base = laidOver({ ...hostEnvironment(), ...own }, env);
  return {
    home,
    config,
    env: base,
    pet: (args, options = {}) =>
      runToEnd(petCommand, args, { ...options, env: laidOver(base, options.env ?? {}) }),
    open: (args, options = {}) =>
      open(petCommand, args, { ...options, env: laidOver(base, options.env ?? {}) }),
  };
}

/** Where `pet doctor` looks: this person's environment and directories, and the engine they would be taken to. */

import { tmpdir } from "node:os";
import { configDirectory, type Environment, homeDirectory } from "../config/place.ts";
import { packageFile } from "../system/package-file.ts";
import { cacheDirectory } from "../system/places.ts";
import { type EnvDirectory, envFilesIn } from "./env-files.ts";
import { type Met, meetChosen } from "./meet.ts";
import { answers } from "./reach.ts";

export interface Place {
  readonly env: Environment;
  readonly home: string;
  readonly configDirectory: string;
  readonly cacheDirectory: string;
  readonly temporary: string;
  /** Where pet itself is. */
  readonly folder: string;
  /** What became of asking the engine who it is: asked once, however many checks want to know. */
  engine(): Promise<Met>;
  /** The .env files, looked at once. */
  envFiles(): Promise<EnvDirectory>;
  /** Is told of a check that ended in a bug. */
  readonly onBug: (error: unknown) => void;
  /** Whether looking at this path ends. */
  answers(path: string): Promise<boolean>;
}

interface Given {
  readonly env: Environment;
  /** Value of `--context`. */
  readonly context: string | undefined;
  readonly onBug: (error: unknown) => void;
}

export function openPlace({ env, context, onBug }: Given): Place {
  let met: Promise<Met> | undefined;
  let envFiles: Promise<EnvDirectory> | undefined;
  const scouted = new Map<string, Promise<boolean>>();
  return {
    env,
    home: homeDirectory(env),
    configDirectory: configDirectory(env),
    cacheDirectory: cacheDirectory(env),
    temporary: tmpdir(),
    folder: packageFile(""),
    onBug,
    engine() {
      met ??= meetChosen(env, context);
      return met;
    },
    envFiles() {
      envFiles ??= envFilesIn(configDirectory(env));
      return envFiles;
    },
    answers(path) {
      const known = scouted.get(path) ?? answers(path);
      scouted.set(path, known);
      return known;
    },
  };
}

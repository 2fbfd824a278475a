/** Where settings are kept: `.env_{CONTEXT}_{INSTANCE}` in pet's configuration directory. */

import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { fail } from "../pet/errors.ts";
import { type InstanceName, instanceName } from "../pet/names.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export function configDirectory(environment: Environment): string {
  if (environment.PET_CONFIG_HOME) return resolve(environment.PET_CONFIG_HOME);
  return join(xdg(environment.XDG_CONFIG_HOME) ?? join(homeDirectory(environment), ".config"), "pet");
}

export function homeDirectory(environment: Environment): string {
  return environment.HOME || homedir();
}

/** The base directory specification: a path that is not absolute counts as none. */
function xdg(path: string | undefined): string | undefined {
  return path && isAbsolute(path) ? path : undefined;
}

/** Path of a pet's .env file, there or not. */
export function envFile(directory: string, context: string, instance: InstanceName): string {
  const name = `.env_${encoded(context)}_${instance}`;
  if (Buffer.byteLength(name) > 255) throw fail("CONTEXT_TOO_LONG", { context });
  return join(directory, name);
}

/**
 * A context's name as part of a file name: all but the characters that are harmless everywhere as %XX, so that two
 * contexts never share a file and none leaves the directory.
 */
function encoded(context: string): string {
  const bytes = Buffer.from(context.toWellFormed());
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.@+-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

export interface Configured {
  readonly context: string;
  readonly instance: InstanceName;
}

/** The pets that have a .env file, in the order of their names. */
export function configured(directory: string): readonly Configured[] {
  return entries(directory)
    .flatMap((name) => {
      const [, context, instance] = /^\.env_(.+)_([^_]+)$/.exec(name) ?? [];
      if (context === undefined || instance === undefined) return [];
      try {
        return [{ context: decodeURIComponent(context), instance: instanceName(instance) }];
      } catch {
        // Not a name that pet gives: somebody else's file.
        return [];
      }
    })
    .sort((a, b) => compare(a.instance, b.instance) || compare(a.context, b.context));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

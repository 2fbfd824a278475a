/** The .env files, as they lie in the configuration directory: looked at before they are read. */

import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { configured, envFile } from "../config/place.ts";
import { readSettings, type Wished } from "../config/settings.ts";
import { PetError } from "../pet/errors.ts";
import { faultOf } from "../system/fault.ts";

export interface EnvDirectory {
  readonly path: string;
  /** Permission bits; undefined where there is no such directory. */
  readonly mode: number | undefined;
  /** What keeps it from being read, in words. */
  readonly fault: string | undefined;
  readonly files: readonly EnvSeen[];
  /** Files that look like a pet's and are none. */
  readonly nameless: readonly string[];
}

export interface EnvSeen {
  readonly path: string;
  readonly context: string;
  readonly instance: string;
  readonly mode: number;
  /** Reading what is no plain file may never end. */
  readonly is: Wished | "no file" | { readonly error: PetError };
}

export async function envFilesIn(directory: string): Promise<EnvDirectory> {
  const about = await stat(directory).catch(() => undefined);
  const nothing = { path: directory, mode: about?.mode, files: [], nameless: [] };
  if (about === undefined) return { ...nothing, fault: undefined };
  try {
    const names = (await readdir(directory)).filter((name) => name.startsWith(".env_"));
    const pets = configured(directory);
    // A context has one way only to be written in a file's name.
    const known = pets
      .map((pet) => ({ ...pet, path: envFile(directory, pet.context, pet.instance) }))
      .filter(({ path }) => names.includes(basename(path)));
    const files = await Promise.all(known.map(seen));
    const paths = new Set(known.map(({ path }) => path));
    const nameless = names.map((name) => join(directory, name)).filter((path) => !paths.has(path));
    return { ...nothing, fault: undefined, files, nameless };
  } catch (error) {
    return { ...nothing, fault: faultOf(error).text };
  }
}

async function seen(pet: Pick<EnvSeen, "path" | "context" | "instance">): Promise<EnvSeen> {
  const about = await stat(pet.path).catch(() => undefined);
  // Undefined: a link that leads nowhere.
  return { ...pet, mode: (about?.mode ?? 0) & 0o7777, is: about?.isFile() ? read(pet.path) : "no file" };
}

function read(path: string): EnvSeen["is"] {
  try {
    return readSettings(path);
  } catch (error) {
    if (error instanceof PetError) return { error };
    throw error;
  }
}

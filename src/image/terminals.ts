/** Terminals: image recipes, a person's own and those that come with pet. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail } from "../pet/errors.ts";

export interface Terminal {
  readonly name: string;
  /** One line, from its terminal.json. */
  readonly description: string;
  readonly directory: string;
}

export interface Places {
  /** Where a person's own recipes are, in `terminals/`. */
  readonly configDirectory: string;
  /** The folder of the recipes that come with pet. */
  readonly packaged?: string;
}

/** A person's own recipe counts before one of the same name that comes with pet. @throws UNKNOWN_TERMINAL */
export function findTerminal(name: string, places: Places): Terminal {
  const directory = foldersOf(places)
    .map((folder) => join(folder, terminalName(name)))
    .find(isRecipe);
  if (directory !== undefined) return { name, description: describe(directory), directory };
  const known = listTerminals(places).map((terminal) => terminal.name);
  throw fail("UNKNOWN_TERMINAL", {
    name,
    known: known.join(", "),
    directory: ownFolder(places.configDirectory),
  });
}

/** Every terminal there is, by name. */
export function listTerminals(places: Places): readonly Terminal[] {
  const names = new Set(foldersOf(places).flatMap(entries).filter(isTerminalName));
  return [...names].sort().flatMap((name) => {
    const directory = foldersOf(places)
      .map((folder) => join(folder, name))
      .find(isRecipe);
    return directory === undefined ? [] : [{ name, description: describe(directory), directory }];
  });
}

/** What every recipe finds as `base/` in its build context. */
export function baseDirectory({ packaged = packagedFolder() }: Places): string {
  return join(packaged, "base");
}

/** @throws BAD_TERMINAL */
export function terminalName(text: string): string {
  if (!isTerminalName(text)) throw fail("BAD_TERMINAL", { name: text });
  return text;
}

function isTerminalName(text: string): boolean {
  return text.length <= 40 && /^[a-z0-9]+(-+[a-z0-9]+)*$/.test(text);
}

function foldersOf({ configDirectory, packaged = packagedFolder() }: Places): readonly string[] {
  return [ownFolder(configDirectory), packaged];
}

function ownFolder(configDirectory: string): string {
  return join(configDirectory, "terminals");
}

function isRecipe(directory: string): boolean {
  return existsSync(join(directory, "Dockerfile"));
}

function describe(directory: string): string {
  try {
    const found: unknown = JSON.parse(readFileSync(join(directory, "terminal.json"), "utf8"));
    const about =
      typeof found === "object" && found !== null && "description" in found ? found.description : "";
    return typeof about === "string" ? about : "";
  } catch {
    // A recipe need not describe itself.
    return "";
  }
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** `terminals/` beside the bundle's folder, or beside src/ when run from source. */
export function packagedFolder(): string {
  for (let here = dirname(fileURLToPath(import.meta.url)); ; here = dirname(here)) {
    const folder = join(here, "terminals");
    if (existsSync(join(folder, "base"))) return folder;
    if (here === dirname(here)) throw new Error("the recipes that come with pet are missing");
  }
}

/** The build context of a terminal with these settings: pure but for reading the files. */

import { readFileSync } from "node:fs";
import { fail } from "../pet/errors.ts";
import type { Settings } from "../pet/settings.ts";
import { baseDirectory, type Places, type Terminal } from "./terminals.ts";
import { badRecipe, type Entry, readTree } from "./tree.ts";

export type ImageSettings = Pick<Settings, "packages" | "locale" | "caFile">;

/** The terminal's own files at the top, `base/`, and a file for every setting that shapes an image. */
export function buildContext(terminal: Terminal, settings: ImageSettings, places: Places): readonly Entry[] {
  const own = readTree(terminal.directory).filter(({ path }) => path !== "terminal.json");
  const laid = [
    { path: "base", kind: "directory" } as const,
    ...readTree(baseDirectory(places)).flatMap(under("base")),
    file("packages.txt", settings.packages.map((name) => `${name}\n`).join("")),
    file("locale.txt", settings.locale === "" ? "" : `${settings.locale}\n`),
    file("ca.crt", authorities(settings.caFile)),
  ];
  const taken = new Set(laid.map(({ path }) => path));
  const clash = own.find(({ path }) => taken.has(path));
  if (clash !== undefined) throw badRecipe(terminal.directory, `pet lays a ${clash.path} of its own`);
  return [...own, ...laid].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What explains terminals/base to people makes no image another. */
function under(folder: string) {
  return (entry: Entry): readonly Entry[] =>
    entry.path.endsWith(".md") ? [] : [{ ...entry, path: `${folder}/${entry.path}` }];
}

function file(path: string, content: string | Buffer): Entry {
  return { path, kind: "file", mode: 0o644, content: Buffer.from(content) };
}

function authorities(caFile: string): Buffer {
  if (caFile === "") return Buffer.alloc(0);
  try {
    return readFileSync(caFile);
  } catch (cause) {
    throw fail("CA_FILE_MISSING", { path: caFile }, { cause });
  }
}

/** A folder read as it goes into a build context: sorted, and of its metadata only what shapes an image. */

import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { fail } from "../pet/errors.ts";

export type Entry =
  | { readonly path: string; readonly kind: "file"; readonly mode: 0o644 | 0o755; readonly content: Buffer }
  | { readonly path: string; readonly kind: "link"; readonly target: string }
  | { readonly path: string; readonly kind: "directory" };

/** Paths are relative to the folder. @throws BAD_RECIPE where it holds what no build context can */
export function readTree(directory: string): readonly Entry[] {
  const root = realpathSync(directory);
  const found: Entry[] = [];
  const visit = (folder: string) => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const entry = readEntry(root, path);
      found.push(entry);
      if (entry.kind === "directory") visit(path);
    }
  };
  visit("");
  return found;
}

function readEntry(root: string, path: string): Entry {
  const full = join(root, path);
  const status = lstatSync(full);
  if (status.isDirectory()) return { path, kind: "directory" };
  if (status.isSymbolicLink()) return { path, kind: "link", target: safeTarget(root, path) };
  if (!status.isFile()) throw badRecipe(root, `${path} is neither a file nor a folder`);
  return { path, kind: "file", mode: status.mode & 0o111 ? 0o755 : 0o644, content: readFileSync(full) };
}

/** A link that leads out of the recipe would take along what its owner never meant to be in an image. */
function safeTarget(root: string, path: string): string {
  const target = readlinkSync(join(root, path));
  let reached: string;
  try {
    reached = realpathSync(join(root, path));
  } catch {
    throw badRecipe(root, `the link ${path} leads nowhere`);
  }
  const inside = relative(root, reached);
  if (target.startsWith("/") || inside === ".." || inside.startsWith("../")) {
    throw badRecipe(root, `the link ${path} leads out of it`);
  }
  return target;
}

export function badRecipe(directory: string, reason: string) {
  return fail("BAD_RECIPE", { directory, reason });
}

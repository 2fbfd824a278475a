/**
 * Where a recipe installs a person's packages: the lines of its Dockerfile between two marks, once for each layer. To
 * docker the marks are comments, and without pet the lines install the whole of packages.txt at once.
 */

import type { Layers } from "./layers.ts";
import { badRecipe, type Entry } from "./tree.ts";

const block = /^# pet: packages begin.*\n([\s\S]*?)^# pet: packages end.*\n/m;

/** The files of a layer: `packages.d/1/packages.txt` and so on, for what the lines call packages.txt. */
const folder = "packages.d";

/** A recipe without the marks is left as it is: one step installs them all. */
export function inLayers(entries: readonly Entry[], layers: Layers, recipe: string): readonly Entry[] {
  const dockerfile = entries.find(({ path }) => path === "Dockerfile");
  if (dockerfile?.kind !== "file") return entries;
  const text = dockerfile.content.toString();
  const [, lines] = block.exec(text) ?? [];
  if (lines === undefined) return entries;
  if (entries.some(({ path }) => path === folder)) throw badRecipe(recipe, `pet lays a ${folder} of its own`);
  const repeated = layers.map((_, at) =>
    lines.replace(/(?<![\w./-])packages\.txt\b/g, `${placeOf(at)}/packages.txt`),
  );
  const written = { ...dockerfile, content: Buffer.from(text.replace(block, () => repeated.join(""))) };
  const others = entries.filter((entry) => entry !== dockerfile);
  return [...others, written, ...layers.flatMap(laid)].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function placeOf(at: number): string {
  return `${folder}/${at + 1}`;
}

function laid(packages: readonly string[], at: number): readonly Entry[] {
  const content = Buffer.from(packages.map((name) => `${name}\n`).join(""));
  return [
    ...(at === 0 ? [{ path: folder, kind: "directory" } as const] : []),
    { path: placeOf(at), kind: "directory" },
    { path: `${placeOf(at)}/packages.txt`, kind: "file", mode: 0o644, content },
  ];
}

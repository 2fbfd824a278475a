/** What tells one image from another, in a few letters. */

import type { Entry } from "./tree.ts";

const letters = 16;

/** Over the files and whatever else shapes the image. Every part says its length, so that none can run into the next. */
export async function imageHash(entries: readonly Entry[], shapes: readonly string[]): Promise<string> {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  const add = (part: string | Buffer) => hash.update(`${Buffer.byteLength(part)}:`).update(part);
  for (const shape of shapes) add(shape);
  for (const entry of entries) {
    add(entry.path);
    add(entry.kind);
    if (entry.kind === "link") add(entry.target);
    if (entry.kind !== "file") continue;
    add(String(entry.mode));
    add(entry.content);
  }
  return hash.digest("hex").slice(0, letters);
}

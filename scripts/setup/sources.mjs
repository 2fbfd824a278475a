/** What a build is made from, as one hash: a build that carries it is current. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { inCheckout, root } from "./checkout.mjs";

export const stampFile = inCheckout("dist", ".sources");

export function sourcesHash() {
  const hash = createHash("sha256");
  for (const file of sources())
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

export function builtFrom() {
  try {
    return readFileSync(stampFile, "utf8");
  } catch {
    return "";
  }
}

function sources() {
  const single = ["package.json", "package-lock.json", join("scripts", "build.ts")].map((file) =>
    inCheckout(file),
  );
  return [...single, ...filesUnder(inCheckout("src"))];
}

/**
 * @param {string} directory
 * @returns {string[]}
 */
function filesUnder(directory) {
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesUnder(path) : [path];
    });
}

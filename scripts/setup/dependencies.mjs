/**
 * node_modules as package-lock.json says: npm notes what it installed, and the two are compared. No package of ours
 * needs an install script, so none is run.
 */

import { readFileSync } from "node:fs";
import { inCheckout } from "./checkout.mjs";
import { npm } from "./npm.mjs";
import { Obstacle, say } from "./say.mjs";

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} Package */

export async function ensureDependencies() {
  const wanted = packages(inCheckout("package-lock.json"));
  const installed = packages(inCheckout("node_modules", ".package-lock.json"));
  if (installed && wanted && matches(wanted, installed)) return;
  say("Installing what pet is built from, with npm.");
  const status = await npm(["ci", "--ignore-scripts"]);
  if (status !== 0) throw new Obstacle(`npm ended with status ${status}.`, "See above, then: npm ci");
}

/**
 * @param {Readonly<Record<string, Package>>} wanted
 * @param {Readonly<Record<string, Package>>} installed
 */
export function matches(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    const there = installed[path];
    return path === "" || (there ? there.version === version : optional || devOptional);
  });
}

/**
 * @param {string} lockFile
 * @returns {Readonly<Record<string, Package>> | undefined}
 */
function packages(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return undefined;
  }
}

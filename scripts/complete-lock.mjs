/**
 * `npm run lock`: completes package-lock.json after `npm install`. npm leaves out the binaries of other systems where
 * they are not installed or a registry does not have them, and `npm ci` then refuses the lock file, there and elsewhere.
 * What is written here is what npm would have: the name says which system it is for.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inCheckout } from "./setup/checkout.mjs";

/** @typedef {{ version?: string, dev?: boolean, optionalDependencies?: Record<string, string> }} Locked */

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = inCheckout("package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const added = missing(lock.packages);
  for (const { path, entry } of added) lock.packages[path] = entry;
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${added.length} added`);
}

/**
 * The optional packages that are named and have no entry of that version where their owner would look for it.
 * @param {Readonly<Record<string, Locked>>} packages
 */
export function missing(packages) {
  return Object.entries(packages).flatMap(([owner, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, version]) => !satisfies(found(packages, owner, name)?.version, version))
      .map(([name, version]) => {
        const top = `node_modules/${name}`;
        const path = packages[top] ? `${owner}/${top}` : top;
        return { path, entry: entry(name, version, dev) };
      }),
  );
}

/**
 * From its own node_modules up to the checkout's.
 * @param {Readonly<Record<string, Locked>>} packages
 * @param {string} owner
 * @param {string} name
 * @returns {Locked | undefined}
 */
function found(packages, owner, name) {
  const here = packages[owner === "" ? `node_modules/${name}` : `${owner}/node_modules/${name}`];
  if (here || owner === "") return here;
  return found(packages, owner.slice(0, Math.max(0, owner.lastIndexOf("/node_modules/"))), name);
}

/**
 * Binaries are wanted in one exact version; of a range, npm has judged.
 * @param {string | undefined} version
 * @param {string} wanted
 */
function satisfies(version, wanted) {
  return version !== undefined && (version === wanted || !/^\d+\.\d+\.\d+$/.test(wanted));
}

/**
 * @param {string} name as `@rolldown/binding-linux-arm64-musl`
 * @param {string} version
 * @param {boolean | undefined} dev
 */
function entry(name, version, dev) {
  const [system = "", ...rest] = name.replace(/^.*\/(cli-|binding-)?/, "").split("-");
  const library = rest[1]?.startsWith("musl") ? "musl" : "glibc";
  return {
    version,
    cpu: system === "wasm32" ? ["wasm32"] : rest.slice(0, 1),
    ...(dev ? { dev } : {}),
    ...(system === "linux" ? { libc: [library] } : {}),
    optional: true,
    ...(system === "wasm32" ? {} : { os: [system] }),
  };
}

/** A Node new enough for pet: the one that runs this, one on the PATH, or the npm package `node` in .node/. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { inCheckout } from "./checkout.mjs";
import { npm } from "./npm.mjs";
import { ask } from "./run.mjs";
import { Obstacle, say } from "./say.mjs";

const wanted = 24;

/** @returns {Promise<string>} its path */
export async function ensureNode() {
  const found = findNode();
  if (found) return found;
  say(
    `This Node is ${process.version}; pet wants ${wanted} or newer. Installing one in .node/, for pet alone.`,
  );
  const status = await npm(["install", "--prefix", inCheckout(".node"), "--no-save", `node@${wanted}`]);
  const installed = findNode();
  if (status === 0 && installed) return installed;
  throw new Obstacle(
    `No Node ${wanted} could be installed (npm ended with status ${status}).`,
    "Install it from https://nodejs.org, then run this again.",
  );
}

/** @returns {string | undefined} */
function findNode() {
  if (isNewEnough(process.version)) return process.execPath;
  const directories = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((directory) => directory.startsWith("/"));
  const candidates = [inCheckout(".node", "node_modules", "node", "bin"), ...directories].map((directory) =>
    join(directory, "node"),
  );
  return candidates.find((path) => existsSync(path) && isNewEnough(ask(path, ["--version"]) ?? ""));
}

/** @param {string} version as `node --version` says it */
export function isNewEnough(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) >= wanted;
}

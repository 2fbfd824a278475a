/** Running programs of the machine during set-up. */

import { spawn, spawnSync } from "node:child_process";

/**
 * Runs to its end with its output in view.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>} its exit status, 127 where there is no such program
 */
export function show(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { stdio: "inherit", ...options });
    child.once("error", () => resolve(127));
    child.once("close", (status, signal) => resolve(signal ? 130 : (status ?? 1)));
  });
}

/**
 * What a program answers, or undefined where it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 */
export function ask(command, args, options = {}) {
  const ended = spawnSync(command, [...args], {
    stdio: ["ignore", "pipe", "ignore"],
    ...options,
    encoding: "utf8",
  });
  return ended.status === 0 ? ended.stdout.trim() : undefined;
}

/**
 * The same command line with root's rights.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export function asRoot(command, args) {
  return isRoot() ? [command, [...args]] : ["sudo", ["--", command, ...args]];
}

/** Whether root's rights can be had; sudo may ask for a password where somebody sits at a terminal. */
export function canBeRoot() {
  if (isRoot() || ask("sudo", ["--non-interactive", "true"]) !== undefined) return true;
  return Boolean(process.stdin.isTTY) && ask("sudo", ["--version"]) !== undefined;
}

function isRoot() {
  return process.getuid?.() === 0;
}

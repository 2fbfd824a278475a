/** Runs a program of the host to its end; a failure says what was run and what it answered. */

import { spawnSync } from "node:child_process";

export function run(command: string, ...args: readonly string[]): string {
  const ended = attempt(command, ...args);
  if (ended.status !== 0) throw new Error(`${[command, ...args].join(" ")}: ${ended.output || ended.status}`);
  return ended.output;
}

export function attempt(command: string, ...args: readonly string[]): { status: number; output: string } {
  const ended = spawnSync(command, [...args], { encoding: "utf8" });
  if (ended.error) return { status: 127, output: ended.error.message };
  return { status: ended.status ?? 1, output: `${ended.stdout}${ended.stderr}`.trim() };
}

/** The same command line with root's rights. */
export function asRoot(command: string, ...args: readonly string[]): [string, ...string[]] {
  if (process.getuid?.() === 0) return [command, ...args];
  return ["sudo", "--non-interactive", command, ...args];
}

/** Places for sessions of a test's own, and the processes in them. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export const program = new URL("../../terminals/base/pet-console", import.meta.url).pathname;

/** A directory of sockets and a home of a test's own. */
export interface Place extends Disposable {
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
}

export function newPlace(environment: NodeJS.ProcessEnv = {}): Place {
  const root = mkdtempSync(join(tmpdir(), "pet-holder-"));
  const home = join(root, "home");
  mkdirSync(home);
  const { PATH = "/usr/bin:/bin" } = process.env;
  const own = { PATH, PET_RUN_DIR: join(root, "run"), PET_HOME: home, PET_USER: "tester", LANG: "C.UTF-8" };
  return {
    home,
    environment: { ...own, PET_SHELL: "/bin/sh", PS1: "$ ", HISTFILE: "", ...environment },
    [Symbol.dispose]: () => {
      for (const pid of processesOf(root)) killQuietly(pid);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Processes that were given this place in their environment: shells and what they began, and who holds them. */
export function processesOf(root: string): readonly number[] {
  const told = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readQuietly(`/proc/${pid}/environ`).includes(root))
    .map(Number);
  // A holder's name for itself lies over its environment.
  const parents = told.map((pid) => Number(/^PPid:\s+(\d+)/m.exec(readQuietly(`/proc/${pid}/status`))?.[1]));
  return [...new Set([...told, ...parents.filter(isHolder)])];
}

function isHolder(pid: number): boolean {
  return readQuietly(`/proc/${pid}/cmdline`).includes("pet-console: session");
}

export function status(place: Place): readonly (readonly string[])[] {
  const told = execFileSync("perl", ["-w", program, "status"], { env: place.environment }).toString();
  return told
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t"));
}

/** Resident bytes of a place's session holder. */
export function holderMemory(place: Place): number {
  const { PET_RUN_DIR: root = "" } = place.environment;
  const holder = processesOf(root).find(isHolder);
  return Number(/VmRSS:\s+(\d+)/.exec(readQuietly(`/proc/${holder}/status`))?.[1]) * 1024;
}

export async function waitFor(what: string, fulfilled: () => boolean, seconds = 10): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !fulfilled(); await pause(20)) {
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
  }
}

export function isAlive(pid: number): boolean {
  const state = /^\d+ \(.*\) (.)/s.exec(readQuietly(`/proc/${pid}/stat`))?.[1];
  return state !== undefined && state !== "Z";
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

export function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone by itself.
  }
}

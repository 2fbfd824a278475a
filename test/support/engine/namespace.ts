/**
 * Process and mount namespaces for the tests' engine. Whatever the engine starts or mounts lives in them, so that
 * ending the first process ends everything, containers and their shims included, and no mount can be left behind.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export interface Namespace {
  /** Arguments of a command line that runs a program inside: `nsenter …`. */
  readonly enter: readonly string[];
  close(): Promise<void>;
}

/**
 * An own /run/containerd, because a dockerd that sees the machine's containerd there would use it; and, where a
 * size is given, a data root that is a file system of just that size. Then a first process that reaps: a containerd
 * whose dockerd was killed would else pass for running.
 */
const prepare = `
mount -t tmpfs tmpfs /run/containerd
if [ -n "$2" ]; then mount -t tmpfs -o "size=$2" tmpfs "$1"; fi
echo ready
sleep infinity & wait
`;

export async function openNamespace(dataRoot: string, size: string): Promise<Namespace> {
  const child = spawn(
    "setpriv",
    // The parent's death ends the namespace too, however the parent dies.
    [
      "--pdeathsig",
      "KILL",
      "unshare",
      "--mount",
      "--propagation",
      "private",
      "--pid",
      "--fork",
      "--kill-child",
    ].concat(["--mount-proc", "sh", "-ec", prepare, "sh", dataRoot, size]),
    { stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  await ready(child);
  const first = childrenOf(child.pid ?? 0)[0];
  if (first === undefined) throw new Error("the namespace of the tests' engine has no first process");
  return {
    enter: ["nsenter", "--target", String(first), "--mount", "--pid", "--"],
    async close() {
      process.kill(first, "SIGKILL");
      for (let tries = 0; tries < 500 && child.exitCode === null && child.signalCode === null; tries++)
        await sleep(10);
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = "";
  child.stdout?.once("data", () => resolve());
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  child.once("error", reject);
  child.once("close", (status) => reject(new Error(`unshare ended with status ${status}: ${said}`)));
  await promise;
}

export function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === pid)
    .map(Number);
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return -1;
  }
}

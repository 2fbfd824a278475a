/** Engines that are not the tests' own kind, each with all it keeps in a scratch directory. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { answers } from "../support/engine/api.ts";
import { asRoot, attempt, run } from "../support/engine/run.ts";

export interface Elsewhere {
  readonly socket: string;
  end(): Promise<void>;
}

/**
 * In namespaces of its own, so that neither a process nor a mount of its outlives it, whatever becomes of the tests: it
 * ends with its standard input.
 */
const prepare = (service: string) => `
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /dev/shm
( ${service}
) >"$1/log" 2>&1 </dev/null &
read -r line || :
`;

/** @param service lines for sh that become the engine: `$1` is its directory, `$2` the socket to be */
export async function engineBy(service: string): Promise<Elsewhere> {
  const directory = mkdtempSync(join(tmpdir(), `pet-test-${process.pid}-`));
  // It may become another person's.
  chmodSync(directory, 0o711);
  const socket = join(directory, "engine.sock");
  const [command, ...args] = asRoot(
    ...["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"],
    ...["sh", "-uc", prepare(service), "sh", directory, socket],
  );
  const child = spawn(command, args, { stdio: ["pipe", "ignore", "inherit"] });
  const ended = once(child, "exit");
  try {
    await vi.waitFor(() => reach(socket), { timeout: 60_000, interval: 50 });
  } catch (error) {
    const log = attempt(...asRoot("cat", join(directory, "log"))).output;
    await end();
    throw new Error(`the engine did not come up; its log ends:\n${log.slice(-2000)}`, { cause: error });
  }
  return { socket, end };

  async function end(): Promise<void> {
    child.stdin.end();
    await ended;
    run(...asRoot("rm", "-rf", directory));
  }
}

/** What made it may have made it for itself alone. */
async function reach(socket: string): Promise<void> {
  run(...asRoot("chmod", "666", socket));
  if (!(await answers(socket))) throw new Error("no answer yet");
}

/** A program run without a terminal, to its end. */

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { type Environment, hostEnvironment } from "./environment.ts";

export interface Outcome {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Environment;
  readonly cwd?: string;
  /** What stands on its standard input, through a pipe; the null device when not given. */
  readonly input?: string | Uint8Array;
  /** Killed after this; 60 s unless said otherwise. */
  readonly timeoutMs?: number;
}

export async function runToEnd(
  command: string,
  args: readonly string[],
  { env = hostEnvironment(), cwd = process.cwd(), input, timeoutMs = 60_000 }: RunOptions = {},
): Promise<Outcome> {
  const child = spawn(command, [...args], {
    cwd,
    env: { ...env },
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => resolve([status, signal]));
  });
  const [stdout, stderr, [status, signal]] = await Promise.all([
    child.stdout ? text(child.stdout) : "",
    child.stderr ? text(child.stderr) : "",
    ended,
  ]);
  return { status, signal, stdout, stderr };
}

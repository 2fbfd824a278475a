/** How long things take: a program to its end, or, in a terminal, to a text on its screen. */

import { spawn } from "node:child_process";
import { type IPty, spawn as spawnPty } from "@lydell/node-pty";

type Environment = Readonly<Record<string, string>>;

export async function toEnd(
  command: string,
  args: readonly string[],
  env: Environment,
  input?: Buffer,
): Promise<number> {
  const started = performance.now();
  const child = spawn(command, [...args], {
    env: { ...env },
    stdio: [input ? "pipe" : "ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout?.resume();
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  child.stdin?.end(input);
  const status = await new Promise((resolve) => child.once("close", resolve));
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with status ${status}:\n${said}`);
  return took;
}

export interface Session {
  /** Types, and resolves with the milliseconds until the pattern shows in what is written from then on. */
  until(pattern: RegExp, typed?: string): Promise<number>;
  /** Types, and waits for the program's end. */
  leave(typed: string): Promise<void>;
}

/** A program in a terminal. Control sequences are taken out of what the patterns see. */
export function inTerminal(command: string, args: readonly string[], env: Environment): Session {
  const started = performance.now();
  const pty: IPty = spawnPty(command, [...args], {
    cols: 100,
    rows: 30,
    env: { ...env, TERM: "xterm-256color" },
  });
  let written = "";
  let look: () => void = () => {};
  pty.onData((data) => {
    // Only the end is ever looked at: 64 MB must not be kept.
    written = (written + data).slice(-20_000);
    look();
  });
  const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));
  let begun = started;
  return {
    until(pattern, typed) {
      if (typed !== undefined) {
        written = "";
        begun = performance.now();
        pty.write(typed);
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no ${pattern} in: ${written.slice(-500)}`)),
          120_000,
        );
        look = () => {
          if (!pattern.test(plain(written))) return;
          clearTimeout(timer);
          look = () => {};
          resolve(performance.now() - begun);
        };
        look();
      });
    },
    async leave(typed) {
      pty.write(typed);
      await ended;
    },
  };
}

function plain(text: string): string {
  return text
    .slice(-2_000)
    .replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g, "");
}

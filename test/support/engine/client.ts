/** Starts a keeper and speaks to it. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { asRoot } from "./run.ts";

const program = fileURLToPath(new URL("keeper.ts", import.meta.url));

export interface Keeper {
  readonly socket: string;
  tell(order: "start" | "stop" | "kill"): Promise<void>;
  /** Takes the engine down and waits until everything of it is gone. */
  end(): Promise<void>;
}

/**
 * @param size of a data root that is to have a limit, as tmpfs writes it (`300m`), or empty
 * @param config what its daemon.json is to say
 */
export async function startKeeper(size: string, config: object = {}): Promise<Keeper> {
  const [command, ...args] = asRoot(process.execPath, program, size, JSON.stringify(config));
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const lines = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  const { socket } = await next(answers);
  if (socket === undefined) throw new Error("the keeper of the tests' engine gave no socket");
  // It must not keep a test process alive that is done.
  child.unref();
  return {
    socket,
    async tell(order) {
      child.stdin.write(`${order}\n`);
      await next(answers);
    },
    end: () => end(child, lines),
  };
}

async function end(child: ChildProcess, lines: Interface): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = once(child, "exit");
  child.stdin?.end();
  await gone;
  lines.close();
}

async function next(answers: AsyncIterator<string>): Promise<Readonly<Record<string, string>>> {
  const { value, done } = await answers.next();
  if (done) throw new Error("the keeper of the tests' engine is gone");
  const answer: unknown = JSON.parse(value);
  if (!isRecord(answer)) throw new Error(`the keeper of the tests' engine said: ${value}`);
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

function isRecord(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null;
}

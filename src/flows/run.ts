/** `foo -- COMMAND` and `foo < script`: one program inside, its streams and its exit status. */

import { type CommandStreams, runCommand } from "../console/command.ts";
import type { Command } from "../console/hello.ts";
import { openTerminal } from "../console/terminal.ts";
import { sentence } from "../pet/plan.ts";
import { stdinKind } from "../system/stdin.ts";
import { plannedDoor, throughDoor } from "./door.ts";
import type { Target, World } from "./world.ts";

export type Stdin = "with stdin" | "no stdin";

export async function run(
  world: World,
  target: Target,
  command: Command,
  stdin: Stdin,
  otherwise: "make ready" | "fail",
): Promise<number> {
  if (world.dryRun) return await dryRun(world, target, command, otherwise);
  return await throughDoor(world, target, otherwise, (door) => runCommand(door, ourStreams(stdin), command));
}

/** A terminal inside where ours is one on both ways; else the streams apart. */
function ourStreams(stdin: Stdin): CommandStreams {
  const { stdout, stderr } = process;
  const kind = stdinKind();
  // Merely asking for process.stdin loads what reads it.
  if (stdin === "no stdin" || kind === "nothing") return { stdin: undefined, stdout, stderr };
  const terminal = kind === "terminal" && stdout.isTTY ? openTerminal() : undefined;
  return { stdin: process.stdin, stdout, stderr, terminal };
}

async function dryRun(
  world: World,
  target: Target,
  command: Command,
  otherwise: "make ready" | "fail",
): Promise<number> {
  const tty = await plannedDoor(world, target, otherwise);
  const text = "argv" in command ? command.argv.join(" ") : "the script on standard input";
  world.report.answer(sentence({ do: "run", tty, command: text }));
  return 0;
}

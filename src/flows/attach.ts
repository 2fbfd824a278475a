/** `pet foo`: to a shell in the pet, whatever has to be made first. `--attach` goes in only where it runs. */

import { readSettings } from "../config/settings.ts";
import { attach as attachConsole } from "../console/attach.ts";
import { openTerminal } from "../console/terminal.ts";
import type { Door } from "../engine/engine.ts";
import { fail } from "../pet/errors.ts";
import { sentence } from "../pet/plan.ts";
import { whoAmI } from "../system/person.ts";
import { callFor } from "./call.ts";
import { plannedDoor, throughDoor } from "./door.ts";
import { waitingChanges } from "./outdated.ts";
import type { Target, World } from "./world.ts";

/** The exit status for `pet`: 0 after a detach, the shell's own after `exit`. */
export async function attach(
  world: World,
  target: Target,
  otherwise: "make ready" | "fail",
): Promise<number> {
  if (world.dryRun) return await dryRun(world, target, otherwise);
  refuseUnfit(world, target);
  return await throughDoor(world, target, otherwise, (door) => onConsole(world, target, door));
}

async function onConsole(world: World, target: Target, door: Door): Promise<number> {
  const near = readSettings(target.envFile);
  const waiting = waitingChanges(world, target, near, door.tty);
  if (waiting !== undefined) world.report.note(waiting);
  const { instance, tty } = target.address;
  const outcome = await attachConsole(door, openTerminal(), {
    who: whoAmI(),
    detachKeys: near.settings.detachKeys,
  });
  switch (outcome.kind) {
    case "detached":
      world.report.note(`detached from ${instance} ${tty}; come back with: ${callFor(world, target)}`);
      return 0;
    case "exited":
      return outcome.status;
    case "lost":
      throw fail(
        "CONSOLE_LOST",
        { name: door.tty.name, call: callFor(world, target) },
        { cause: outcome.cause },
      );
  }
}

/** A console is typed at and painted: it needs a terminal both ways, with room for a word. */
function refuseUnfit(world: World, target: Target): void {
  for (const [stream, name] of [
    [process.stdout, "standard output"],
    [process.stdin, "standard input"],
  ] as const) {
    if (!stream.isTTY) throw fail("NO_TERMINAL", { stream: name, call: callFor(world, target) });
  }
  const { columns: cols, rows } = process.stdout;
  if (cols > 0 && rows > 0 && (cols < 10 || rows < 2)) {
    throw fail("TERMINAL_TOO_SMALL", { cols, rows, call: callFor(world, target) });
  }
}

async function dryRun(world: World, target: Target, otherwise: "make ready" | "fail"): Promise<number> {
  const tty = await plannedDoor(world, target, otherwise);
  world.report.answer(sentence({ do: "attach", tty }));
  return 0;
}

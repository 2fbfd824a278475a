/** What goes on in the TTYs that run, of each that tells it in time. */

import { type ConsoleStatus, consoleStatus } from "../console/clients.ts";
import type { Engine, Tty } from "../engine/engine.ts";

/** Milliseconds that a TTY may take to tell. */
const patience = 2000;

export async function sessionIn(engine: Engine, tty: Tty): Promise<ConsoleStatus | undefined> {
  if (tty.state !== "running") return undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), patience).unref();
  });
  const told = consoleStatus(engine, tty.name).catch(() => undefined);
  return await Promise.race([told, tooLong]);
}

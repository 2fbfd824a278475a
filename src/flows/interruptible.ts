/** Work through a door that a signal ends: the far end notices by the line, and what was begun here is taken back. */

import type { Door } from "../engine/engine.ts";
import { fail } from "../pet/errors.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** @throws INTERRUPTED once the work has ended */
export async function interruptible<Result>(door: Door, work: () => Promise<Result>): Promise<Result> {
  let interrupted = false;
  const stop = () => {
    interrupted = true;
    door.close();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work();
  } catch (cause) {
    throw interrupted ? fail("INTERRUPTED", {}, { cause }) : cause;
  } finally {
    for (const signal of signals) process.off(signal, stop);
    door.close();
  }
}

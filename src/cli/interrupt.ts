/** A Ctrl-C that nobody else listens for: a last word, and the end that a shell expects of it. */

import { fail } from "../pet/errors.ts";

export function sayWhenInterrupted(): void {
  process.on("SIGINT", interrupted);
}

async function interrupted(): Promise<void> {
  // A console in raw mode, a command inside and a question have their own ways.
  if (process.listenerCount("SIGINT") > 1) return;
  process.off("SIGINT", interrupted);
  const { rendered } = await import("./failure.ts");
  const { text } = rendered(fail("INTERRUPTED"), { debug: false });
  const overProgress = process.stderr.isTTY ? "\r\x1b[K" : "";
  process.stderr.write(`${overProgress}${text}\n`);
  process.kill(process.pid, "SIGINT");
}

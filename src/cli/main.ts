/** parse → run → render one error. Returns the exit status. */

import { PetError } from "../pet/errors.ts";
import { sayWhenInterrupted } from "./interrupt.ts";
import { parse } from "./parse.ts";
import { run } from "./run.ts";

export async function main(argv: readonly string[]): Promise<number> {
  sayWhenInterrupted();
  try {
    return await run(parse(argv), process.env);
  } catch (error) {
    const words = await import("./failure.ts").catch(() => undefined);
    if (words === undefined) return builtAnew(error);
    const cut = argv.indexOf("--");
    const debug = argv.slice(0, cut < 0 ? undefined : cut).includes("--debug");
    const { text, exit } = words.rendered(error, { debug });
    process.stderr.write(`${text}\n`);
    return exit;
  }
}

/** A build replaces what a pet that runs has not loaded yet: one that was attached for days has no words left. */
function builtAnew(error: unknown): number {
  const said = error instanceof PetError ? `${error.message} ` : "";
  process.stderr.write(`pet: ${said}(pet was built anew while this ran: start it again)\n`);
  return error instanceof PetError ? error.exit : 1;
}

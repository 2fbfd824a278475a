/** parse → run → render one error. Returns the exit status. */

import { sayWhenInterrupted } from "./interrupt.ts";
import { parse } from "./parse.ts";
import { run } from "./run.ts";

export async function main(argv: readonly string[]): Promise<number> {
  sayWhenInterrupted();
  try {
    return await run(parse(argv), process.env);
  } catch (error) {
    const { rendered } = await import("./failure.ts");
    const cut = argv.indexOf("--");
    const debug = argv.slice(0, cut < 0 ? undefined : cut).includes("--debug");
    const { text, exit } = rendered(error, { debug });
    process.stderr.write(`${text}\n`);
    return exit;
  }
}

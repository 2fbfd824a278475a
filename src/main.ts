/** The entry: compiled code from the last run, the command line, the exit status. The only place that ends the process. */

import { enableCompileCache } from "node:module";

// A folder that cannot be written costs time, not function.
enableCompileCache(`${import.meta.dirname}/.cache`);
const { main } = await import("./cli/main.ts");
const status = await main(process.argv.slice(2));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(status);

/** What was written to a pipe may still be on its way; a reader that has gone wants none of it. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writableLength === 0 || stream.destroyed) return resolve();
    stream.once("error", () => resolve());
    stream.write("", () => resolve());
  });
}

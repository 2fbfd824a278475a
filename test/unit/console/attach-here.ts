/** Attaches this process's terminal to the program given, as `pet` would: `attach-here.ts PROGRAM ARGUMENTS…`. */

import { attach } from "../../../src/console/attach.ts";
import { openTerminal } from "../../../src/console/terminal.ts";
import { doorTo } from "./door.ts";

const [program = "", ...args] = process.argv.slice(2);
if (process.env.CRASH_AFTER) {
  setTimeout(() => {
    throw new Error("a bug");
  }, Number(process.env.CRASH_AFTER));
}
const outcome = await attach(doorTo(program, args, {}), openTerminal(), {
  who: "me@here",
  detachKeys: "ctrl-\\",
});
console.log(`outcome: ${JSON.stringify(outcome)}`);
process.exitCode = outcome.kind === "exited" ? outcome.status : 0;

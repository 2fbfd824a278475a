/** A log on standard output, as it comes. */

import { logs } from "../flows/logs.ts";
import type { Extent } from "../flows/stop.ts";
import type { Target, World } from "../flows/world.ts";
import { jsonLine, logLine } from "./log-line.ts";
import { openOutlet } from "./outlet.ts";
import type { Given } from "./parse.ts";
import { formOf } from "./show-status.ts";

export async function showLogs(world: World, target: Target, extent: Extent, given: Given): Promise<number> {
  const form = formOf(given);
  const follow = given.flags.has("follow");
  const outlet = openOutlet();
  const clock = process.stdout.isTTY ? "local" : "iso";
  try {
    for await (const { from, text } of await logs(world, target, extent, { follow, signal: outlet.over })) {
      await outlet.write(
        form === "json"
          ? named(jsonLine(text), extent, from)
          : `${extent === "this TTY" ? "" : `${from}  `}${logLine(text, clock)}`,
      );
      if (outlet.over.aborted) break;
    }
  } finally {
    outlet.close();
  }
  return outlet.close();
}

/** Where there are several, the first field tells which; all else is as it was logged. */
export function named(line: string, extent: Extent, from: string): string {
  if (extent === "this TTY") return line;
  const { container, ...others } = JSON.parse(line);
  // Of two fields of one name most readers take the later, which whoever is inside has written.
  if (container !== undefined) return jsonLine(JSON.stringify({ container: from, ...others }));
  const rest = line.slice(1).trimStart();
  return `{"container":${JSON.stringify(from)}${rest.startsWith("}") ? "" : ","}${rest}`;
}

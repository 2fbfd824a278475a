/** `pet doctor`: what keeps pet from working, and how to repair it. */

import type { Environment } from "../config/place.ts";
import { diagnose, type Finding } from "../doctor/diagnose.ts";
import { openPlace } from "../doctor/place.ts";
import { findingLines, summary } from "./doctor-text.ts";
import { rendered } from "./failure.ts";
import type { Given } from "./parse.ts";
import { printableAnswer } from "./printable.ts";

/** @returns 1 where something is broken */
export async function doctor({ flags, values }: Given, env: Environment): Promise<number> {
  // A reader that has gone wants no more of it.
  process.stdout.on("error", () => {});
  const onBug = (error: unknown) => {
    if (flags.has("debug")) process.stderr.write(`${rendered(error, { debug: true }).text}\n`);
  };
  const found: Finding[] = [];
  const coloured = process.stdout.isTTY === true && !env.NO_COLOR;
  for await (const finding of diagnose(openPlace({ env, context: values.context, onBug }))) {
    found.push(finding);
    if (!flags.has("json")) for (const line of findingLines(finding, coloured)) print(line);
  }
  print(flags.has("json") ? printableAnswer(JSON.stringify(found, undefined, 2)) : summary(found));
  return found.some(({ state }) => state === "broken") ? 1 : 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

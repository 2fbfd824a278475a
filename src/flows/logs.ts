/** `--logs`: what the first processes of TTYs have logged, as lines; the command line paints them. */

import type { LogManner, Tty } from "../engine/engine.ts";
import { label } from "../pet/labels.ts";
import { ttyName } from "../pet/names.ts";
import { callFor } from "./call.ts";
import { presenceOf } from "./census.ts";
import { chosen, type Extent } from "./stop.ts";
import type { Target, World } from "./world.ts";

export interface LogLine {
  /** Name of the TTY's container. */
  readonly from: string;
  readonly text: string;
}

/** One TTY after the other, each oldest first; where they are followed, as the lines come. @throws NO_PET, NO_TTY */
export async function logs(
  world: World,
  target: Target,
  extent: Extent,
  manner: LogManner,
): Promise<AsyncIterable<LogLine>> {
  const ttys = await chosen(world, target, extent);
  const each = ttys.map((tty) => linesOf(world, target, tty, manner));
  return manner.follow ? asTheyCome(each) : inTurn(each);
}

async function* linesOf(
  world: World,
  target: Target,
  { name, labels }: Tty,
  manner: LogManner,
): AsyncGenerator<LogLine> {
  for await (const text of world.engine.logLines(name, manner)) yield { from: name, text };
  if (!manner.follow || manner.signal.aborted) return;
  const tty = ttyName(labels[label.tty] ?? target.address.tty);
  const call = callFor(world, { ...target, address: { ...target.address, tty } });
  world.report.note(lastWord(name, await world.engine.inspect(name), call));
}

function lastWord(name: string, now: Tty | undefined, call: string): string {
  if (now === undefined) return `${name} is gone, and its log with it`;
  return presenceOf(now) === "running"
    ? `${name} was stopped and runs again; follow it with: ${call} --logs --follow`
    : `${name} does not run; start it with: ${call} --start`;
}

async function* inTurn(each: readonly AsyncIterable<LogLine>[]): AsyncGenerator<LogLine> {
  for (const lines of each) yield* lines;
}

async function* asTheyCome(each: readonly AsyncGenerator<LogLine>[]): AsyncGenerator<LogLine> {
  const next = async (lines: AsyncGenerator<LogLine>) => ({ lines, step: await lines.next() });
  const awaited = new Map(each.map((lines) => [lines, next(lines)]));
  while (awaited.size > 0) {
    const { lines, step } = await Promise.race(awaited.values());
    if (step.done) {
      awaited.delete(lines);
    } else {
      awaited.set(lines, next(lines));
      yield step.value;
    }
  }
}

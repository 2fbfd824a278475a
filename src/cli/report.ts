/** How flows speak to a person: answers on standard output, everything else on standard error. */

import type { Progress } from "../engine/engine.ts";
import type { Report } from "../flows/world.ts";
import { bytesText } from "../pet/bytes.ts";
import { printable, printableAnswer } from "./printable.ts";

export function openReport(): Report {
  return {
    answer: (line) => {
      process.stdout.write(`${printableAnswer(line)}\n`);
    },
    note: (line) => {
      process.stderr.write(`${printable(line)}\n`);
    },
    follow: async (title, events) => {
      if (process.stderr.isTTY) await followMoving(oneLine(title), events);
      else await followPlain(oneLine(title), events);
    },
    wait: async (title, work) => {
      if (process.stderr.isTTY) await followMoving(oneLine(title), untilDone(work));
      return await work;
    },
  };
}

/** Piped: one line a step, nothing that moves. */
async function followPlain(title: string, events: AsyncIterable<Progress>): Promise<void> {
  process.stderr.write(`${title}\n`);
  let step = "";
  for await (const event of events) {
    if (event.step === step) continue;
    step = event.step;
    process.stderr.write(`  ${oneLine(step)}\n`);
  }
}

/** On a terminal: one line that is written over, with the time it takes. */
async function followMoving(title: string, events: AsyncIterable<Progress>): Promise<void> {
  const begun = Date.now();
  let last = "";
  const draw = () => {
    const seconds = Math.round((Date.now() - begun) / 1000);
    const width = Math.max(process.stderr.columns ?? 80, 20);
    const line = `${title} ${seconds} s  ${last}`;
    process.stderr.write(`\r\x1b[K${line.length < width ? line : `${line.slice(0, width - 2)}…`}`);
  };
  const clock = setInterval(draw, 1000);
  try {
    draw();
    for await (const event of events) {
      last = oneLine(event.line ?? event.step) + share(event);
      draw();
    }
  } finally {
    clearInterval(clock);
    process.stderr.write("\r\x1b[K");
  }
}

// biome-ignore lint/correctness/useYield: there is nothing to tell of but the time it takes.
async function* untilDone(work: Promise<unknown>): AsyncGenerator<Progress> {
  await work;
}

function share({ current, total }: Progress): string {
  return current === undefined || total === undefined || total === 0
    ? ""
    : ` ${Math.floor((100 * current) / total)} % of ${bytesText(total)}`;
}

/** Output of a build may hold anything: only what stays on its line is shown. */
function oneLine(text: string): string {
  return text
    .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "")
    .replace(/[\x00-\x1f\x7f-\x9f]+/g, " ")
    .trim();
}

/** What a build or a pull says as it goes, as progress; pure. */

import type { Progress } from "../engine.ts";
import { at, numberAt, textAt } from "./json.ts";

export interface ProgressReader {
  /** What this message tells a person. */
  read(message: unknown): readonly Progress[];
  /** The step it is at. */
  readonly step: string;
  /** The last lines of output of that step. */
  readonly lastLines: readonly string[];
}

const keptLines = 20;

export function progressReader(firstStep: string): ProgressReader {
  let step = firstStep;
  let lastLines: string[] = [];
  let partial = "";

  function* fromOutput(text: string): Generator<Progress> {
    const lines = (partial + text).split("\n");
    partial = lines.pop() ?? "";
    for (const line of lines.map(shown).filter((line) => line !== "")) {
      const title = stepTitle(line);
      if (title !== undefined) {
        step = title;
        lastLines = [];
        yield { step };
      } else if (!isChatter(line)) {
        lastLines = [...lastLines.slice(1 - keptLines), line];
        yield { step, line };
      }
    }
  }

  return {
    get step() {
      return step;
    },
    get lastLines() {
      return partial === "" ? lastLines : [...lastLines, shown(partial)];
    },
    read(message) {
      const output = at(message, "stream");
      if (typeof output === "string") return [...fromOutput(output)];
      const status = textAt(message, "status");
      return status === "" ? [] : [fromStatus(step, status, message)];
    },
  };
}

/** A layer on its way: its bytes where they are known. */
function fromStatus(step: string, status: string, message: unknown): Progress {
  const id = textAt(message, "id");
  const current = numberAt(message, "progressDetail", "current");
  const total = numberAt(message, "progressDetail", "total");
  return {
    step,
    line: id === "" ? status : `${id}: ${status}`,
    ...(current === undefined ? {} : { current }),
    ...(total === undefined ? {} : { total }),
  };
}

function stepTitle(line: string): string | undefined {
  return /^Step \d+\/\d+ : .*/.exec(line)?.[0];
}

/** The builder's own notes on layers, which tell a person nothing. */
function isChatter(line: string): boolean {
  return /^ ---> |^Removing intermediate container |^Successfully (built|tagged) /.test(line);
}

/** As a terminal would leave the line: what a carriage return has written over is gone, and so are colours. */
function shown(line: string): string {
  const text = line.replace(/\r+$/, "");
  return text
    .slice(text.lastIndexOf("\r") + 1)
    .replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, "")
    .trimEnd();
}

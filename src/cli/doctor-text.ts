/** Findings as lines for a person. Pure. */

import type { State } from "../doctor/check.ts";
import { checks } from "../doctor/checks.ts";
import type { Finding } from "../doctor/diagnose.ts";
import { printable } from "./printable.ts";

/** Green, yellow, red. */
const colours: Readonly<Record<State, number>> = { ok: 32, warning: 33, broken: 31 };
const stateWidth = "warning".length;
const nameWidth = Math.max(...checks.map(({ name }) => name.length));

export function findingLines(
  { check, state, finding, repair }: Finding,
  coloured: boolean,
): readonly string[] {
  const mark = state.padEnd(stateWidth);
  const shown = coloured ? `\x1b[${colours[state]}m${mark}\x1b[0m` : mark;
  const repairs = repair === null ? [] : repair.split("\n").map((line) => `    ${printable(line)}`);
  return [`${shown}  ${check.padEnd(nameWidth)}  ${oneLine(finding)}`, ...repairs];
}

export function summary(found: readonly Finding[]): string {
  const count = (state: State) => found.filter((one) => one.state === state).length;
  const [broken, warnings] = [count("broken"), count("warning")];
  const parts = [
    ...(broken === 0 ? [] : [`${broken} broken`]),
    ...(warnings === 0 ? [] : [warnings === 1 ? "1 warning" : `${warnings} warnings`]),
    `${count("ok")} ok`,
  ];
  const next =
    broken + warnings === 0 ? "Nothing keeps pet from working." : "Paste what helps, then: pet doctor";
  return `${parts.join(", ")}. ${next}`;
}

function oneLine(text: string): string {
  return printable(text).replace(/\s*\n\s*/g, " ");
}

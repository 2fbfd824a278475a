/** The table of a run, for a terminal and for docs/performance.md. */

import { existsSync, readFileSync } from "node:fs";
import { type Aim, type Measured, outcome } from "./measure.ts";

export function asText(result: Measured): string {
  const { what, beside, ours, theirs } = result;
  const other = theirs === undefined ? "" : `, ${beside} ${milliseconds(theirs)}`;
  return `${met(result) ? "✓" : "✗"} ${what}: ${milliseconds(ours)}${other} → ${amount(result)} (${aimText(result.aim)})`;
}

export function asMarkdown(results: readonly Measured[]): string {
  return [
    "| | pet | beside | | | aim | |",
    "|---|---:|---|---:|---:|---:|---|",
    ...results.map((result) => {
      const { what, beside, ours, theirs, aim } = result;
      const cells = [what, milliseconds(ours), beside, theirs === undefined ? "" : milliseconds(theirs)];
      return `| ${[...cells, amount(result), aimText(aim), met(result) ? "met" : "**missed**"].join(" | ")} |`;
    }),
  ].join("\n");
}

/** The page with the table put between its marks; a new page where there is none. */
export function document(file: string, results: readonly Measured[], machine: string): string {
  const rounds = Math.max(...results.map((result) => result.rounds));
  const day = new Date().toISOString().slice(0, 10);
  const part = `\n${asMarkdown(results)}\n\nMedians of up to ${rounds} rounds each, in turns. ${day}: ${machine}.\n`;
  const page = existsSync(file) ? readFileSync(file, "utf8") : skeleton;
  return page.replace(/(?<=<!-- bench: begin[^\n]*-->\n)[\s\S]*?(?=<!-- bench: end -->)/, () => `${part}\n`);
}

const skeleton = `# Performance

Made by \`npm run bench -- --write\`: everything in one run, each row in turns with what it is measured beside.

<!-- bench: begin (made by \`npm run bench -- --write\`) -->
<!-- bench: end -->
`;

function met(result: Measured): boolean {
  return outcome(result) <= result.aim.most;
}

function amount(result: Measured): string {
  const value = outcome(result);
  if (result.aim.kind === "ratio") return `${value.toFixed(2)}×`;
  return result.aim.kind === "more"
    ? `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)} ms`
    : milliseconds(value);
}

function aimText({ kind, most }: Aim): string {
  if (kind === "ratio") return `≤ ${most}×`;
  return kind === "more" ? `≤ +${most} ms` : `≤ ${most} ms`;
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}

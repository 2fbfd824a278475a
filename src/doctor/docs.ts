/** docs/doctor.md, made from the checks. */

import type { Rows } from "./check.ts";
import { checks } from "./checks.ts";
import { anyRows } from "./diagnose.ts";

export function renderDoctorDoc(): string {
  return [
    introduction,
    ...checks.map(({ name, about, rows }) => section(name, `Whether ${about}.`, rows)),
    section("any of them", "What may be said instead, where a check itself comes to nothing.", anyRows),
  ].join("\n");
}

const introduction = `<!-- Made from src/doctor/ by \`npm run docs\`. Change it there. -->
# pet doctor

\`pet doctor\` looks for what keeps pet from working and says how to repair it. It changes nothing and asks nothing. Every
finding is *ok*, a *warning*, or *broken*; under it stand lines to paste. It exits with 1 where something is broken, else
with 0. \`--json\` gives a list of \`{check, state, finding, repair}\`; \`repair\` is \`null\` where nothing is to be done.
\`--context\` looks at another context's engine.

The checks run side by side, each with its own limit of time. Where no engine answers, what only an engine could tell is
left out. Words in braces stand for names and values; \`{others}\` and \`{ways}\` for a line to each engine that does answer, and one
that starts the engine or undoes its choice.
`;

function section(name: string, about: string, rows: Rows): string {
  const lines = Object.values(rows).map(({ state, finding, repair }) =>
    line([
      state,
      finding,
      repair === undefined
        ? ""
        : repair
            .split("\n")
            .map((text) => code(text))
            .join("<br>"),
    ]),
  );
  return [`## ${name}`, "", about, "", "| state | finding | repair |", "|---|---|---|", ...lines, ""].join(
    "\n",
  );
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}

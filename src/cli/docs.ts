/** docs/errors.md and the tables of docs/usage.md, from the data they document. */

import { errorRows } from "../pet/errors.ts";
import { flagText } from "./help.ts";
import { commands, options, petCommands, petUsage, verbs } from "./tables.ts";

export function renderErrorsDoc(): string {
  const rows = Object.entries(errorRows).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    "# Errors",
    "",
    "Every failure has a code, a sentence, a hint and an exit status. This page is made from `src/pet/errors/` by",
    "`npm run docs`. Words in braces stand for names and values.",
    "",
    "| exit status | means |",
    "|---|---|",
    "| 0 | done; detaching counts |",
    "| 1 | failed |",
    "| 2 | misused: nothing was done |",
    "| 125 | the engine, or the line to it |",
    "| 126, 127 | the command inside cannot be run, is not there |",
    "| 130 | interrupted |",
    "| other | the status of the command that ran inside, or of the shell you left |",
    "",
    ...rows.flatMap(([code, row]) => [
      `## ${code}`,
      `exit ${row.exit}`,
      "",
      row.sentence,
      "",
      `> ${row.hint}`,
      "",
    ]),
  ].join("\n");
}

export function renderUsageTables(): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    "### Verbs",
    "",
    line(["verb", "does"]),
    "|---|---|",
    ...verbs.map((row) => line([`\`--${row.name}\``, row.help])),
    "",
    "### Commands",
    "",
    line(["command", "does"]),
    "|---|---|",
    ...commands.map((row) => line([`\`${row.usage}\``, row.help])),
    "",
    "### Commands on a pet",
    "",
    "They stand before the name or after it: `pet edit foo`, `pet foo edit`, and with an alias `foo edit`.",
    "",
    line(["command", "does"]),
    "|---|---|",
    ...petCommands.map((row) => line([`\`${petUsage(row)}\``, row.help])),
    "",
    "### Options",
    "",
    line(["option", "goes with", "does"]),
    "|---|---|---|",
    ...options.map((row) =>
      line([
        `\`${flagText(row)}\``,
        (row.of ?? ["everything"]).map((owner) => (owner === "--" ? "`-- COMMAND`" : owner)).join(", "),
        row.help,
      ]),
    ),
    "",
  ].join("\n");
}

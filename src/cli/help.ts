/** Help, made from the tables. Under an alias it speaks of the alias, its container and its file. */

import { fail } from "../pet/errors.ts";
import { nearest } from "../pet/nearest.ts";
import { table } from "./table.ts";
import { commands, type Option, options, petCommands, petUsage, verbs } from "./tables.ts";

export interface HelpFor {
  /** Name of the alias that was called, or undefined for `pet` itself. */
  readonly alias?:
    | { readonly name: string; readonly container: string; readonly envFile: string }
    | undefined;
}

export function helpText({ alias }: HelpFor): string {
  const call = callOf(alias?.name);
  const intro =
    alias === undefined
      ? ["pet keeps named, long-lived shell workspaces in containers."]
      : [
          `${alias.name} is your pet ${alias.name}: a long-lived shell workspace.`,
          "",
          `  container  ${alias.container}`,
          `  settings   ${alias.envFile}`,
        ];
  const usage = [
    [`${call}`, "go there: configured, built, started, whatever is missing; Ctrl-\\ detaches"],
    [`${call} TTY`, "another terminal on the same home"],
    [`${call} -- COMMAND…`, "run one command inside: its output, its exit status"],
    [`${call} --VERB…`, "see below; verbs add up"],
    ...petCommands.map((row) => [petUsage(row, call), row.help]),
    ...(alias === undefined ? commands.map((row) => [row.usage, row.help]) : []),
  ];
  return [
    ...intro,
    "",
    ...section("Usage", usage),
    ...section(
      "Verbs",
      verbs.map((row) => [`--${row.name}`, row.help]),
    ),
    ...section(
      "Options",
      options.map((row) => [flagText(row), row.help + belonging(row)]),
    ),
    `More: pet help WORD, for a verb, a command or a configuration key.`,
  ].join("\n");
}

/** How a pet is called: by its own name under an alias. */
function callOf(alias: string | undefined): string {
  return alias ?? "pet NAME";
}

/** @param alias the name of the alias that was called, if it was one. @throws UNKNOWN_WORD */
export async function helpOn(word: string, alias?: string): Promise<string> {
  const name = word.replace(/^--?/, "");
  const verb = verbs.find((row) => row.name === name);
  if (verb !== undefined) {
    const own = options.filter((row) => row.of?.includes(verb.name));
    const rows = own.map((row) => [flagText(row), row.help]);
    return [`${callOf(alias)} [TTY] --${verb.name}`, `  ${verb.help}`, "", ...section("Options", rows)]
      .join("\n")
      .trimEnd();
  }
  const command = commands.find((row) => row.name === name);
  if (command !== undefined) return `${command.usage}\n  ${command.help}`;
  const petCommand = petCommands.find((row) => row.name === name);
  if (petCommand !== undefined) return `${petUsage(petCommand, callOf(alias))}\n  ${petCommand.help}`;
  const { schema } = await import("../config/schema.ts");
  const key = schema.find((row) => row.key === word.toUpperCase());
  if (key !== undefined) return `${key.key}\n  ${key.help}`;
  const known = [
    ...verbs.map((row) => row.name),
    ...commands.map((row) => row.name),
    ...petCommands.map((row) => row.name),
    ...schema.map((row) => row.key),
  ];
  const near = nearest(name, known);
  throw fail("UNKNOWN_WORD", { word, near: near === undefined ? "" : ` Did you mean ${near}?` });
}

function section(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const [, ...lines] = table(["", ""], rows);
  return [`${title}:`, ...lines.map((line) => `  ${line}`), ""];
}

export function flagText(row: Option): string {
  const short = row.short === undefined ? "" : `-${row.short}, `;
  return row.value === undefined ? `${short}--${row.name}` : `${short}--${row.name} ${row.value}`;
}

function belonging(row: Option): string {
  return row.of === undefined
    ? ""
    : ` (with ${row.of.map((owner) => (owner === "--" ? "-- COMMAND" : owner)).join(", ")})`;
}

/** `--config`: questions on what matters, each proposing what is there, else the default; an example where there is neither. */

import { fail } from "../pet/errors.ts";
import type { Settings } from "../pet/settings.ts";
import { objection, wanted } from "./change.ts";
import type { Changes } from "./env-edit.ts";
import type { Values } from "./env-file.ts";
import type { Host } from "./host.ts";
import { eachRow } from "./rows.ts";
import { defaultOf } from "./settings.ts";

export interface Question {
  readonly key: string;
  readonly field: keyof Settings;
  readonly message: string;
  /** What Enter takes. Blank where there is nothing to propose, and where it may be a secret that is there. */
  readonly proposal: string;
  /** Enter keeps a secret that is there and is not shown. */
  readonly hidden: boolean;
  /** What is typed does not stay on the screen. */
  readonly secret: boolean;
}

/** In the schema's order. */
export function questions(existing: Values, host: Host): readonly Question[] {
  return eachRow((row, field): readonly Question[] => {
    if (row.question === undefined) return [];
    const there = existing.get(row.key)?.text;
    const hidden = row.secret === true && there !== undefined && there !== "";
    const proposal = hidden ? "" : (there ?? row.type.format(defaultOf(row, host)));
    const example = proposal === "" && !hidden ? `, as ${row.example}` : "";
    const message = `${row.question}${example}${hidden ? " (set; Enter keeps it)" : ""}:`;
    return [{ key: row.key, field, message, proposal, hidden, secret: row.secret === true }];
  }).flat();
}

/** What an answer changes: a pair of key and value, or nothing. */
export function changeBy({ key, field }: Question, answer: string): Changes {
  const given = answer.trim();
  return given === "" ? new Map() : new Map([[key, wanted(field, given)]]);
}

/** What inquirer is to say to an answer: true, or what is wrong with it. */
export function judged({ key, field }: Question, answer: string): true | string {
  const given = answer.trim();
  if (given === "" || given === "-") return true;
  const reason = objection(field, given);
  return reason === undefined || `${key} ${reason}`;
}

/** Asks on the terminal. Nothing is written. @throws CANCELLED on Ctrl-C */
export async function ask(asked: readonly Question[]): Promise<Changes> {
  const { default: inquirer } = await import("inquirer");
  const prompt = inquirer.createPromptModule({ output: process.stderr });
  process.stderr.write("Enter takes what is proposed, “-” leaves a setting blank, Ctrl-C changes nothing.\n");
  const changes = new Map<string, string | undefined>();
  for (const question of asked) {
    const { answer } = await prompt([
      {
        type: "input",
        name: "answer",
        message: question.message,
        ...(question.proposal === "" ? {} : { default: question.proposal }),
        validate: (text: string) => judged(question, text),
        transformer: (text: string, { isFinal }: { isFinal: boolean }) =>
          isFinal && question.secret && text !== "" ? "(not shown)" : text,
      },
    ]).catch(cancelled);
    for (const [key, value] of changeBy(question, String(answer))) changes.set(key, value);
  }
  return changes;
}

function cancelled(error: unknown): never {
  if (error instanceof Error && error.name === "ExitPromptError")
    throw fail("CANCELLED", {}, { cause: error });
  throw error;
}

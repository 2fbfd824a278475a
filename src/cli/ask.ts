/** Questions to the person, where there is one: inquirer is loaded only when something is asked. */

import type { Ask } from "../flows/world.ts";
import { fail } from "../pet/errors.ts";

export interface Manner {
  /** `--yes`: every question is answered with yes. */
  readonly yes: boolean;
  /** There is a terminal, and `--no-input` was not given. */
  readonly mayAsk: boolean;
}

export function openAsk({ yes, mayAsk }: Manner): Ask {
  return {
    confirm: async (message, otherwise) => {
      if (yes) return true;
      if (!mayAsk) return otherwise === "yes";
      return await asked("confirm", message, otherwise === "yes");
    },
    typedBack: async (message, word) => {
      if (yes) return true;
      if (!mayAsk) throw fail("NOT_CONFIRMED", { name: word });
      return (await asked("input", message, "")).trim() === word;
    },
  };
}

async function asked(type: "confirm", message: string, otherwise: boolean): Promise<boolean>;
async function asked(type: "input", message: string, otherwise: string): Promise<string>;
async function asked(
  type: "confirm" | "input",
  message: string,
  otherwise: boolean | string,
): Promise<unknown> {
  const { default: inquirer } = await import("inquirer");
  const prompt = inquirer.createPromptModule({ output: process.stderr });
  try {
    const answers = await prompt([{ type, name: "answer", message, default: otherwise }]);
    return answers.answer;
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") throw fail("CANCELLED");
    throw error;
  }
}

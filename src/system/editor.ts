/** The person's editor, run on a file in the terminal that pet has. No shell reads what they named. */

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { faultOf } from "./fault.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined where it ended well, else what kept it from that. */
export async function openEditor([program, ...args]: Editor, file: string): Promise<string | undefined> {
  // A Ctrl-C is the editor's affair while it runs.
  const ignore = () => {};
  process.on("SIGINT", ignore);
  try {
    const child = spawn(program, [...args, file], { stdio: "inherit" });
    return await new Promise((resolve) => {
      child.once("error", (error) => resolve(faultOf(error).text));
      child.once("close", (status, signal) =>
        resolve(status === 0 ? undefined : (signal ?? `status ${status}`)),
      );
    });
  } finally {
    process.off("SIGINT", ignore);
  }
}

export type Editor = readonly [program: string, ...args: string[]];

/** Where neither variable says: what people who never chose one can work with, before what is everywhere. */
const usual = ["sensible-editor", "nano", "vim"];

/** $VISUAL, else $EDITOR, with its arguments: `code --wait`. Quotes hold blanks together. */
export function editorOf(environment: Environment): Editor {
  const named = [environment.VISUAL, environment.EDITOR].map((text) => argumentsIn(text ?? ""));
  const [program, ...args] = named.find((words) => words.length > 0) ?? [
    usual.find((name) => isThere(name, environment.PATH ?? "")) ?? "vi",
  ];
  return [program ?? "vi", ...args];
}

function argumentsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g), ([word]) => word.replace(/["']/g, ""));
}

function isThere(program: string, path: string): boolean {
  return path.split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

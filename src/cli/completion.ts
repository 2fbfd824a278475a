/** `pet completion SHELL`: the committed script, which is made from the tables. */

import { readFileSync } from "node:fs";
import { shells } from "../alias/shells.ts";
import { packageFile } from "../system/package-file.ts";

export const shellNames: readonly string[] = Object.keys(shells);

export function completionScript(shell: string): string | undefined {
  return shellNames.includes(shell)
    ? readFileSync(packageFile(`completions/pet.${shell}`), "utf8")
    : undefined;
}

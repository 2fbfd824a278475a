/** Whether a start-up file makes something else of an alias after pet's block has made it. Pure. */

import { bash } from "../alias/bash.ts";
import { findBlock } from "../alias/block.ts";

/** The number of the line that does. Names are instance names: nothing in them is special to a pattern. */
export function redefined(name: string, text: string, file: string): number | undefined {
  const { before, text: block, after } = findBlock(text, bash, file);
  const pattern = new RegExp(
    `^\\s*(?:alias\\s+(?:\\S+\\s+)*${name}=|(?:function\\s+)?${name}\\s*\\(\\)|function\\s+${name}\\s|unset\\s+-f\\s+(?:\\S+\\s+)*${name}\\s*$)`,
  );
  const at = after.split("\n").findIndex((line) => pattern.test(line));
  return at < 0 ? undefined : (before + block).split("\n").length + at;
}

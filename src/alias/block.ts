/** The marked block of aliases in a start-up file. All bytes outside of it are the person's and stay. */

import { fail } from "../pet/errors.ts";
import type { Shell } from "./shell.ts";

const begin = "# >>> pet aliases >>>";
const note = "# Kept by: pet alias --install NAME, pet alias --uninstall NAME";
const end = "# <<< pet aliases <<<";

export interface Block {
  readonly before: string;
  /** Its lines as they are, each with its newline; blank where there is no block. */
  readonly text: string;
  readonly after: string;
  readonly names: readonly string[];
}

/** @throws ALIAS_BLOCK_DAMAGED naming the file and the lines */
export function findBlock(text: string, shell: Shell, file: string): Block {
  const lines = text.split(/(?<=\n)/);
  const plain = lines.map((line) => line.replace(/\r?\n$/, ""));
  const marks = plain.flatMap((line, at) => (line.trim() === begin || line.trim() === end ? [at] : []));
  const [first, last] = marks;
  if (first === undefined) return { before: text, text: "", after: "", names: [] };
  if (
    last === undefined ||
    marks.length > 2 ||
    plain[first]?.trim() !== begin ||
    plain[last]?.trim() !== end
  ) {
    throw damaged(file, marks);
  }
  const inner = plain.slice(first + 1, last);
  const found = inner.map((line) => shell.namesIn(line));
  const strangers = inner.flatMap((line, at) =>
    line === note || found[at] !== undefined ? [] : [first + 1 + at],
  );
  if (strangers.length > 0) throw damaged(file, strangers);
  return {
    before: lines.slice(0, first).join(""),
    text: lines.slice(first, last + 1).join(""),
    after: lines.slice(last + 1).join(""),
    names: [...new Set(found.flatMap((names) => names ?? []))],
  };
}

function damaged(file: string, lines: readonly number[]) {
  const numbers = lines.map((line) => line + 1).join(", ");
  return fail("ALIAS_BLOCK_DAMAGED", {
    file,
    lines: lines.length === 1 ? `line ${numbers}` : `lines ${numbers}`,
  });
}

/** The text with a block of these names in the block's place, or at the end. */
export function withBlock({ before, text, after }: Block, names: readonly string[], shell: Shell): string {
  if (names.length === 0) return before + after;
  const block = [begin, note, shell.startUpLine(names), end].join("\n");
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  // A block at the very end of a file may have lost its last newline; what the person's bytes are is not touched.
  const newline = text === "" || text.endsWith("\n") ? "\n" : "";
  return `${before}${gap}${block}${newline}${after}`;
}

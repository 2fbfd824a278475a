/**
 * Where the entries of a .env file stand. dotenv tells the values and nothing else; this finds their places by
 * dotenv's own rule, so that a file can be changed in place and what is wrong in it named by its line.
 */

import { parse } from "dotenv";

export interface Entry {
  readonly key: string;
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
  /** Where the entry starts and ends: from its key to the end of its value, quotes included. */
  readonly from: number;
  readonly to: number;
  /** Where the value starts, quotes included. */
  readonly valueFrom: number;
}

export interface Fault {
  readonly line: number;
  readonly reason: string;
}

/** dotenv's pattern for an entry (its LINE), with names for the places. */
const pattern =
  /^\s*(?<export>export\s+)?(?<key>[\w.-]+)(?<is>\s*=\s*?|:\s+?)(?<raw>\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm;

/** Every entry in the order of the file, and the first thing that is wrong with it. */
export function scan(text: string): {
  readonly entries: readonly Entry[];
  readonly fault: Fault | undefined;
} {
  const entries: Entry[] = [];
  const lineAt = lineCounter(text);
  let fault: Fault | undefined;
  let seen = 0;
  for (const match of text.matchAll(pattern)) {
    fault ??= strayLine(text, seen, match.index, lineAt);
    seen = match.index + match[0].length;
    const { export: exported = "", key = "", is = "", raw = "" } = match.groups ?? {};
    const start = match.index + match[0].indexOf(exported + key + is);
    const value = raw.trim();
    const rawFrom = start + exported.length + key.length + is.length;
    const valueFrom = rawFrom + (value === "" ? 0 : raw.indexOf(value));
    const entry = { key, value: parse(match[0])[key] ?? "", line: lineAt(start + exported.length) };
    if (isUnclosed(value)) {
      fault ??= {
        line: entry.line,
        reason: `the quote that ${key} opens is not closed, or something follows it`,
      };
    }
    entries.push({ ...entry, from: start, to: valueFrom + value.length, valueFrom });
  }
  fault ??= strayLine(text, seen, text.length, lineAt);
  return { entries, fault };
}

function isUnclosed(value: string): boolean {
  const quote = value[0];
  if (quote !== "'" && quote !== '"' && quote !== "`") return false;
  return value.length < 2 || !value.endsWith(quote);
}

/** dotenv passes over what it cannot read; a person would rather know. */
function strayLine(
  text: string,
  from: number,
  to: number,
  lineAt: (at: number) => number,
): Fault | undefined {
  const gap = text.slice(from, to);
  const stray = /^[^\S\r\n]*[^\s#].*$/m.exec(gap);
  if (stray === null) return undefined;
  return { line: lineAt(from + stray.index), reason: "this is neither KEY=value nor a # comment" };
}

function lineCounter(text: string): (at: number) => number {
  let [line, counted] = [1, 0];
  return (at) => {
    if (at < counted) [line, counted] = [1, 0];
    for (; counted < at; counted++) if (text[counted] === "\n") line += 1;
    return line;
  };
}

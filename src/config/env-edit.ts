/** Changes to the text of a .env file that keep everything else in it as it is. */

import { parse } from "dotenv";
import { fail } from "../pet/errors.ts";
import { scan } from "./env-scan.ts";

/** The value a key is to have, undefined to take the key out. */
export type Changes = ReadonlyMap<string, string | undefined>;

/** @throws UNWRITABLE_VALUE where the format has no way to write a value */
export function edited(text: string, changes: Changes): string {
  let result = text;
  for (const [key, value] of changes) {
    result = value === undefined ? without(result, key) : withValue(result, key, value);
  }
  holdTo(text, result, changes);
  return result;
}

/** Replaces the last of the key's entries, the one that counts, else adds one at the end. */
function withValue(text: string, key: string, value: string): string {
  const last = scan(text).entries.findLast((entry) => entry.key === key);
  const written = quoted(key, value);
  if (last === undefined) {
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    const gap = text === "" || text.endsWith("\n") ? "" : newline;
    return `${text}${gap}${key}=${written}${newline}`;
  }
  if (last.value === value) return text;
  const rest = text.slice(last.to);
  const space = rest.startsWith("#") ? " " : "";
  return text.slice(0, last.valueFrom) + written + space + rest;
}

function without(text: string, key: string): string {
  let result = text;
  for (const { from, to } of scan(text)
    .entries.filter((entry) => entry.key === key)
    .reverse()) {
    const start = result.lastIndexOf("\n", from - 1) + 1;
    const end = result.indexOf("\n", to);
    result = result.slice(0, from === 0 ? 0 : start) + (end === -1 ? "" : result.slice(end + 1));
  }
  return result;
}

/**
 * A way of writing the value that dotenv reads back as it is. Each is tried with what could stand after it: dotenv
 * lets a quote that is closed at a line's end reach over the lines before.
 */
function quoted(key: string, value: string): string {
  const escaped = value.replace(/\n/g, "\\n").replace(/\r/g, "\\r");
  const plain = /^[^\s'"`#]+$/.test(value) ? [value] : value === "" ? [""] : [];
  // A quote that the value does not hold comes first: dotenv would often forgive the other, a reader would not.
  const quotes = ["'", '"', "`"].toSorted((a, b) => Number(value.includes(a)) - Number(value.includes(b)));
  const ways = [...plain, ...quotes.map((quote) => quote + value + quote), `"${escaped}"`, ...bare(value)];
  const way = ways.find((each) => {
    const read = parse(`K=${each}\n# '\n# "\n# \`\nL='l'\nM="m"\nN=\`n\`\n`);
    return read.K === value && read.L === "l" && read.M === "m" && read.N === "n" && !isOpen(each);
  });
  if (way === undefined || value.includes("\0") || !value.isWellFormed())
    throw fail("UNWRITABLE_VALUE", { key });
  return way;
}

/** Without quotes dotenv takes a line as it is, but for its ends and `#`. */
function bare(value: string): readonly string[] {
  return /[\r\n#]/.test(value) || value.trim() !== value ? [] : [value];
}

function isOpen(written: string): boolean {
  return scan(`K=${written}\n`).fault !== undefined;
}

/** Nothing is written that would read back as anything but what was there and what was asked for. */
function holdTo(before: string, after: string, changes: Changes): void {
  const [was, is] = [parse(before), parse(after)];
  const wanted = new Map(Object.entries(was));
  for (const [key, value] of changes) {
    if (value === undefined) wanted.delete(key);
    else wanted.set(key, value);
  }
  const same =
    wanted.size === Object.keys(is).length && [...wanted].every(([key, value]) => is[key] === value);
  if (!same) throw fail("UNWRITABLE_VALUE", { key: [...changes.keys()].join(", ") });
}

/** What this machine's description of a terminal (terminfo) tells. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../config/place.ts";

interface Where {
  readonly env: Environment;
  readonly home: string;
}

/** How many colours it has; undefined for a terminal that is not described. */
export async function coloursOf(term: string, where: Where): Promise<number | undefined> {
  if (!/^\w[\w.+-]*$/.test(term)) return undefined;
  const found = await Promise.all(placesOf(term, where).map((path) => readFile(path).catch(() => undefined)));
  const description = found.find((bytes) => bytes !== undefined);
  return description === undefined ? undefined : maxColours(description);
}

/** As ncurses looks for it: in a folder of its first letter, or of that letter's number. */
function placesOf(term: string, { env, home }: Where): readonly string[] {
  const folders = [
    ...(env.TERMINFO ? [env.TERMINFO] : []),
    join(home, ".terminfo"),
    ...(env.TERMINFO_DIRS ?? "").split(":").filter((folder) => folder !== ""),
    "/etc/terminfo",
    "/lib/terminfo",
    "/usr/share/terminfo",
    "/usr/lib/terminfo",
  ];
  const [first = ""] = term;
  const number = first.charCodeAt(0).toString(16);
  return folders.flatMap((folder) => [join(folder, first, term), join(folder, number, term)]);
}

/** The 14th of its numbers, as term(5) tells: they follow the names and the booleans, at an even place. */
function maxColours(bytes: Buffer): number {
  if (bytes.length < 12) return 0;
  const wide = bytes.readUInt16LE(0) === 0o1036;
  const [names, booleans, numbers] = [2, 4, 6].map((at) => bytes.readUInt16LE(at));
  if ((numbers ?? 0) < 14) return 0;
  const from = 12 + (names ?? 0) + (booleans ?? 0);
  const at = from + (from % 2) + 13 * (wide ? 4 : 2);
  if (at + 4 > bytes.length) return 0;
  return Math.max(0, wide ? bytes.readInt32LE(at) : bytes.readInt16LE(at));
}

/** What our standard input is. An idle pipe and a script look alike from their bytes: the descriptor's kind decides. */

import { fstatSync } from "node:fs";
import { isatty } from "node:tty";

/**
 * A terminal; a script (file, pipe or socket); another character device; or nothing: the null device, which is also
 * what Node puts in the place of a closed descriptor.
 */
export type StdinKind = "terminal" | "script" | "device" | "nothing";

/** Device number 1:3 on Linux. */
const nullDevice = 0x103;

export function stdinKind(): StdinKind {
  if (isatty(0)) return "terminal";
  try {
    const stats = fstatSync(0);
    if (stats.isFile() || stats.isFIFO() || stats.isSocket()) return "script";
    return stats.isCharacterDevice() && stats.rdev !== nullDevice ? "device" : "nothing";
  } catch {
    return "nothing";
  }
}

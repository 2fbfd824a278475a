/** What to do about a directory that does not answer. */

import { readFileSync } from "node:fs";
import { pasted } from "./paste.ts";

/** Lets go of the mount that the path is on; the mount itself is not looked at. */
export function letGoOf(path: string): string {
  const point = mountPointOf(path, mounts());
  return point === undefined || point === "/"
    ? "mount    # see what is mounted there"
    : `sudo umount --lazy ${pasted(point)}    # then mount it anew`;
}

/** @param mountinfo as proc(5) tells it: the fifth word is where, with blanks as `\040` */
export function mountPointOf(path: string, mountinfo: string): string | undefined {
  const points = mountinfo
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "")
    .map((word) =>
      word.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))),
    )
    .filter((point) => point !== "" && isWithin(path, point));
  return points.toSorted((a, b) => b.length - a.length)[0];
}

function isWithin(path: string, point: string): boolean {
  return point === "/" || path === point || path.startsWith(`${point}/`);
}

function mounts(): string {
  try {
    return readFileSync("/proc/self/mountinfo", "utf8");
  } catch {
    return "";
  }
}

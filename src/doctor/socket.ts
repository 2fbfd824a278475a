/** Who may use a socket. */

import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { userInfo } from "node:os";

export type Access =
  /** For a group; `member` where this person is in it, whatever this login knows of it. */
  | { readonly kind: "group"; readonly group: string; readonly member: boolean }
  | { readonly kind: "owner"; readonly owner: string };

export async function accessTo(path: string): Promise<Access> {
  try {
    const { uid, gid, mode } = await stat(path);
    if ((mode & 0o060) !== 0o060 || gid === 0) return { kind: "owner", owner: nameOf(uid) };
    const entry = entries("/etc/group").find(([, , id]) => id === String(gid));
    const [group = String(gid), , , members = ""] = entry ?? [];
    return { kind: "group", group, member: members.split(",").includes(userName()) };
  } catch {
    // In a directory that is not for this person.
    return { kind: "owner", owner: "somebody else" };
  }
}

function nameOf(uid: number): string {
  return entries("/etc/passwd").find(([, , id]) => id === String(uid))?.[0] ?? `uid ${uid}`;
}

function entries(file: string): readonly (readonly string[])[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.split(":"));
  } catch {
    return [];
  }
}

/** A uid without an entry in passwd has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}

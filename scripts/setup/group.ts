/** The group whose members may use Debian's engine. A login learns of its groups when it begins, and never again. */

import { userInfo } from "node:os";
import { ask, asRoot, show } from "./run.mjs";
import { say } from "./say.mjs";

const group = "docker";

/** What a person is in the group; `waiting` until they log in again. */
export type Membership = "none" | "waiting" | "member";

export function membership(): Membership {
  const entry = ask("getent", ["group", group]) ?? "";
  return membershipIn(entry, userInfo().username, process.getgroups?.() ?? []);
}

/** @param entry of the database of groups: `name:password:gid:user,user` */
export function membershipIn(entry: string, username: string, groups: readonly number[]): Membership {
  const [, , gid = "", users = ""] = entry.split(":");
  if (gid !== "" && groups.includes(Number(gid))) return "member";
  return users.split(",").includes(username) ? "waiting" : "none";
}

/** @returns whether it could be done */
export function becomeMember(): boolean {
  const { username } = userInfo();
  say(
    `Adding ${username} to the group ${group}, whose members may use the engine (and so have root's rights).`,
  );
  return ask(...asRoot("usermod", ["-aG", group, username])) !== undefined;
}

/**
 * Runs a program of ours as a member, without a new login: by `sg`, which takes words for a shell only, and for the
 * person's own at that. So these are always the same, and mean the same to every shell.
 */
export function showInGroup(node: string, program: string): Promise<number> {
  say(
    `This login does not know of the group ${group} yet; for now by: sg ${group}. Log in again to use pet yourself.`,
  );
  const env = { ...process.env, PET_SETUP_NODE: node, PET_SETUP_PROGRAM: program };
  return show("sg", [group, "-c", 'exec "$PET_SETUP_NODE" "$PET_SETUP_PROGRAM"'], { env });
}

/** Who sits here: `user@host`, for those who share a console or wait for a lock. */

import { hostname, userInfo } from "node:os";

export function whoAmI(): string {
  return `${userName()}@${hostname()}`;
}

/** A uid without an entry in passwd has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "someone");
  }
}

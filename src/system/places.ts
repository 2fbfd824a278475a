/** Where things are kept on this machine, by the XDG base directory specification. */

import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** What can be made again: `$XDG_CACHE_HOME/pet`. */
export function cacheDirectory(env: Environment): string {
  const given = env.XDG_CACHE_HOME;
  return join(given !== undefined && isAbsolute(given) ? given : join(homedir(), ".cache"), "pet");
}

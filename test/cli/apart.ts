/**
 * pet in a mount namespace of its own, which ends with it: there the machine's engines are out of sight, and disks are
 * as small, and files as wrong, as a test needs them.
 */

import { type Outcome, type Person, petCommand, runToEnd } from "../support/cli.ts";
import { asRoot } from "../support/engine/run.ts";
import { type Environment, laidOver } from "../support/environment.ts";

export interface Setting {
  /** Lines for sh, run by root before pet is. /run is empty by then. */
  readonly steps?: string;
  readonly env?: Environment;
  readonly uid?: number;
  readonly groups?: string;
  readonly pet?: string;
  readonly cwd?: string;
}

export async function apart(
  me: Person,
  words: readonly string[],
  { steps = "", env = {}, uid, groups, pet = petCommand, cwd = me.home }: Setting = {},
): Promise<Outcome> {
  const own = { uid: uid ?? process.getuid?.() ?? 0, gid: uid ?? process.getgid?.() ?? 0 };
  const rights = [
    "setpriv",
    ...[`--reuid=${own.uid}`, `--regid=${own.gid}`],
    groups === undefined ? "--clear-groups" : `--groups=${groups}`,
  ];
  const variables = Object.entries(laidOver(me.env, env)).map(([name, value]) => `${name}=${value}`);
  const script = `mount -t tmpfs tmpfs /run\n${steps}\nexec env -i "$@"`;
  const [command, ...args] = asRoot(
    ...["unshare", "--mount", "--propagation", "private", "sh", "-euc", script, "sh"],
    ...[...variables, ...rights, pet, ...words],
  );
  return await runToEnd(command, args, { cwd });
}

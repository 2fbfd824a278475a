/** Somebody with no right to anything of ours. */

import { chmodSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Outcome, type Person, petCommand, runToEnd } from "../support/cli.ts";
import { type Environment, laidOver } from "../support/environment.ts";
import { temporaryDirectory } from "../support/temporary.ts";

/** `me` where the tests are not root's. With a copy of pet, since this checkout may be for root alone. */
export async function asNobody(me: Person, words: readonly string[], env: Environment): Promise<Outcome> {
  if (process.getuid?.() !== 0) return await me.pet(words, { env });
  const { pet, home } = copyForAll();
  const own = { HOME: home, PET_CONFIG_HOME: join(home, "config") };
  const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", pet];
  return await runToEnd("setpriv", [...nobody, ...words], { env: laidOver({ ...me.env, ...own }, env) });
}

/** A copy of pet that everybody may run, and a home that is everybody's. */
export function copyForAll(): { readonly pet: string; readonly root: string; readonly home: string } {
  const own = temporaryDirectory();
  chmodSync(own, 0o755);
  const home = join(own, "home");
  mkdirSync(home, { mode: 0o777 });
  chmodSync(home, 0o777);
  const from = join(petCommand, "../..");
  const root = join(own, "pet");
  for (const part of ["bin", "completions", "dist", "package.json", "scripts/first-run.sh", "terminals"])
    cpSync(join(from, part), join(root, part), { recursive: true, verbatimSymlinks: true });
  return { pet: join(root, "bin/pet"), root, home };
}

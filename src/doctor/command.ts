/** Whether `pet` is a command of this person's. */

import { realpathSync } from "node:fs";
import { join } from "node:path";
import { hiddenBy } from "../alias/start-up.ts";
import { check, say } from "./check.ts";
import { pasted } from "./paste.ts";

export interface CommandFacts {
  /** The first of that name on the PATH, and where that leads. */
  readonly found: { readonly path: string; readonly real: string } | undefined;
  readonly own: string;
  readonly folder: string;
}

const rows = {
  FINE: { state: "ok", finding: "{path}" },
  MISSING: {
    state: "warning",
    finding: "pet is not on the PATH: aliases and completion do nothing in a new shell",
    repair: "cd {folder} && npm install -g .",
  },
  OTHER: {
    state: "warning",
    finding: "{path} is first on the PATH, and is another pet than this one ({own})",
    repair: "cd {folder} && npm install -g .    # or remove the other one",
  },
} as const;

export const command = check<CommandFacts>({
  name: "command",
  about: "pet is on the PATH, and is this one",
  rows,
  limit: 30,
  look({ env, folder }) {
    const path = hiddenBy("pet", env.PATH);
    return {
      found: path === undefined ? undefined : { path, real: realpathSync(path) },
      own: realpathSync(join(folder, "bin", "pet")),
      folder,
    };
  },
  judge({ found, own, folder }) {
    const place = { folder: pasted(folder) };
    if (found === undefined) return [say(rows.MISSING, place)];
    if (found.real !== own) return [say(rows.OTHER, { ...place, path: found.path, own })];
    return [say(rows.FINE, { path: found.path })];
  },
});

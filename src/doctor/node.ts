/** The Node that runs pet. */

import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { check, say } from "./check.ts";
import { pasted } from "./paste.ts";

export interface NodeFacts {
  readonly version: string;
  readonly node: string;
  /** Where bin/pet looks for it first. */
  readonly link: string;
  readonly linked: boolean;
  readonly folder: string;
}

const rows = {
  FINE: { state: "ok", finding: "{version} ({node})" },
  OLD: {
    state: "broken",
    finding: "{version} ({node}) is too old: pet needs Node 24 or newer",
    repair: "cd {folder} && npm start    # brings one along; or: https://nodejs.org",
  },
  LOOSE: {
    state: "warning",
    finding: "pet looks for Node anew at every start, because {link} is not there and cannot be made",
    repair: "sudo ln -sfn {path} {place}",
  },
} as const;

export const node = check<NodeFacts>({
  name: "node",
  about: "the Node that bin/pet takes is new enough, and found without a search",
  rows,
  limit: 30,
  look({ folder }) {
    const link = join(folder, "dist", "node");
    return { version: process.version, node: process.execPath, link, linked: isProgram(link), folder };
  },
  judge({ version, node, link, linked, folder }) {
    if (Number(/^v(\d+)/.exec(version)?.[1]) < 24)
      return [say(rows.OLD, { version, node, folder: pasted(folder) })];
    if (!linked) return [say(rows.LOOSE, { link, path: pasted(node), place: pasted(link) })];
    return [say(rows.FINE, { version, node })];
  },
});

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

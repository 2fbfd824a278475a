/** npm, run with the Node that runs this. */

import { root } from "./checkout.mjs";
import { show } from "./run.mjs";

/** @param {readonly string[]} args */
export function npm(args) {
  const given = process.env.npm_execpath;
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  /** @type {import("node:child_process").SpawnOptions} */
  const options = { cwd: root, stdio: ["ignore", 2, 2] };
  return given?.endsWith("npm-cli.js")
    ? show(process.execPath, [given, ...args, ...quiet], options)
    : show("npm", [...args, ...quiet], options);
}

/** Debian's packages, installed with the person's knowledge and root's rights. */

import { readFileSync } from "node:fs";
import { ask, asRoot, canBeRoot, show } from "./run.mjs";
import { Obstacle } from "./say.mjs";

/**
 * @param {readonly string[]} wanted
 * @param {(text: string) => void} say
 * @param {string} [elsewhere] what to do on a system with other packages
 */
export async function installPackages(wanted, say, elsewhere) {
  const byHand = `apt-get update && apt-get install --no-install-recommends -y ${wanted.join(" ")}`;
  if (!isDebianLike()) {
    throw new Obstacle(
      `This is ${systemName()}; set-up knows the packages of Debian and Ubuntu only.`,
      elsewhere ?? `Install what answers to these yourself, then run this again: ${wanted.join(" ")}`,
    );
  }
  if (!canBeRoot()) {
    throw new Obstacle(
      `Installing ${wanted.join(", ")} needs root's rights, and sudo gives none.`,
      `As root: ${byHand}`,
    );
  }
  say(`Installing Debian packages: ${wanted.join(" ")}.`);
  await apt(["update", "-qq"]);
  const known = wanted.filter((name) => ask("apt-cache", ["show", "--no-all-versions", name]));
  const status = await apt(["install", "-qq", "-y", "--no-install-recommends", ...known]);
  if (status !== 0) throw new Obstacle(`apt-get ended with status ${status}.`, `See above, then: ${byHand}`);
}

/** @param {readonly string[]} args */
function apt(args) {
  // Output goes to standard error: standard output is the workspace's. dpkg's chatter is kept off a quiet run.
  const [command, line] = asRoot("env", [
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "-o",
    "Dpkg::Use-Pty=0",
    ...args,
  ]);
  return show(command, line, { stdio: ["ignore", 2, 2] });
}

function isDebianLike() {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease());
}

function systemName() {
  return /^PRETTY_NAME="?(.*?)"?$/m.exec(osRelease())?.[1] ?? process.platform;
}

function osRelease() {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}

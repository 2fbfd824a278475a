/** Debian's packages, installed with the person's knowledge and root's rights. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
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

/**
 * A package's files in a folder of their own, without installing it: nothing of it is started, and no right is needed
 * but where the machine's package lists are not current.
 * @param {string} name
 * @param {string} folder
 * @param {(text: string) => void} say
 */
export async function unpackPackage(name, folder, say) {
  if (!isDebianLike()) {
    throw new Obstacle(
      `This is ${systemName()}; set-up knows the packages of Debian and Ubuntu only.`,
      `Put the files of Debian's package ${name} in ${folder}, then run this again.`,
    );
  }
  say(`Unpacking the Debian package ${name} in ${folder}.`);
  mkdirSync(dirname(folder), { recursive: true });
  const scratch = mkdtempSync(`${folder}.`);
  try {
    let status = await download(name, scratch);
    if (status !== 0) {
      await apt(["update", "-qq"]);
      status = await download(name, scratch);
    }
    const [file] = readdirSync(scratch);
    const whole = join(scratch, "whole");
    if (status !== 0 || !file || (await show("dpkg-deb", ["--extract", join(scratch, file), whole])) !== 0)
      throw new Obstacle(
        `The package ${name} could not be had; see above.`,
        `By hand: apt-get download ${name}`,
      );
    rmSync(folder, { recursive: true, force: true });
    renameSync(whole, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @param {string} directory
 */
function download(name, directory) {
  // Root's download as root: the user that apt would take for it cannot write there.
  const asItself = process.getuid?.() === 0 ? ["-o", "APT::Sandbox::User=root"] : [];
  return show("apt-get", ["-qq", ...asItself, "download", name], { cwd: directory, stdio: ["ignore", 2, 2] });
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

/** A Debian root file system as a tar stream, made with debootstrap in a scratch directory that is gone afterwards. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { installPackages } from "./packages.mjs";
import { ask, asRoot } from "./run.mjs";
import { Obstacle } from "./say.mjs";

const suite = "trixie";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * @param {(text: string) => void} say
 * @param {(tar: import("node:stream").Readable) => Promise<void>} take
 */
export async function debootstrap(say, take) {
  if (!findProgram("debootstrap") || !existsSync(keyring)) {
    await installPackages(["debootstrap", "debian-archive-keyring"], say);
  }
  const directory = mkdtempSync(join(tmpdir(), "pet-base-"));
  const root = join(directory, "root");
  const remove = () => ask(...asRoot("rm", ["-rf", "--one-file-system", directory]));
  process.once("exit", remove);
  try {
    await follow("debootstrap", ["--variant=minbase", `--keyring=${keyring}`, suite, root, ...mirror()], say);
    await follow("sh", ["-ec", finish, "sh", root, suite], say);
    await pack(root, take);
  } finally {
    remove();
    process.off("exit", remove);
  }
}

/**
 * Security updates, where the mirror has them; then nothing stays that an image need not carry. dpkg need not wait for
 * the disk after every file: a build that is cut short is thrown away.
 */
const finish = `
root=$1
echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
main=$(cat "$root/etc/apt/sources.list")
mirror=\${main#deb }
mirror=\${mirror%% *}
printf '%s\\n' "$main" "deb $mirror $2-updates main" "deb \${mirror%/}-security $2-security main" > "$root/etc/apt/sources.list"
if chroot "$root" apt-get -qq -o APT::Update::Error-Mode=any update; then
  DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get -qq -y upgrade
else
  printf '%s\\n' "$main" > "$root/etc/apt/sources.list"
fi
chroot "$root" apt-get clean
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/var/log/*.log "$root"/var/log/apt
rm -rf "$root"/usr/share/doc/* "$root"/usr/share/info/* "$root"/usr/share/lintian
: > "$root/etc/resolv.conf"
: > "$root/etc/hostname"
`;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {(text: string) => void} say
 */
async function follow(command, args, say) {
  const child = spawn(...asRoot(command, args), { stdio: ["ignore", "pipe", "pipe"] });
  /** @type {string[]} */
  const last = [];
  let told = Date.now();
  const heed = (/** @type {string} */ line) => {
    last.push(line);
    if (last.length > 10) last.shift();
    if (Date.now() - told < 5_000) return;
    told = Date.now();
    say(`  ${line.replace(/^I: /, "")}`);
  };
  createInterface({ input: child.stdout }).on("line", heed);
  createInterface({ input: child.stderr }).on("line", heed);
  const [status] = await once(child, "close");
  if (status !== 0) {
    throw new Obstacle(
      `${command} ended with status ${status}:\n${last.join("\n")}`,
      "A base image can also be loaded from elsewhere: docker load -i debian-trixie-slim.tar",
    );
  }
}

/**
 * @param {string} root
 * @param {(tar: import("node:stream").Readable) => Promise<void>} take
 */
async function pack(root, take) {
  const tar = spawn(
    ...asRoot("tar", ["-C", root, "--one-file-system", "--exclude=./dev/*", "-cf", "-", "."]),
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = once(tar, "close");
  await take(tar.stdout);
  const [status] = await ended;
  if (status !== 0) throw new Error(`tar ended with status ${status}`);
}

/** The mirror this machine takes Debian's packages from; on other distributions none, and debootstrap takes its own. */
function mirror() {
  const directory = "/etc/apt/sources.list.d";
  const files = existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
  const sources = ["/etc/apt/sources.list", ...files].filter(
    (file) => /\.(list|sources)$/.test(file) && existsSync(file),
  );
  for (const file of sources) {
    const found = /^(?:deb\s+(?:\[.*?\]\s+)?|URIs:\s*)(https?:\/\/\S+\/debian)\/?(?=\s|$)/m.exec(
      readFileSync(file, "utf8"),
    );
    if (found?.[1]) return [found[1]];
  }
  return [];
}

/** @param {string} name */
function findProgram(name) {
  return ["/usr/sbin", "/usr/bin", "/sbin", "/bin"].some((directory) => existsSync(join(directory, name)));
}

/**
 * A bare Debian machine: a container of the tests' engine with a root file system, an old Node with npm, the network, a
 * copy of this checkout as a fresh clone would have it, and what a Docker Engine inside it needs. That is less than
 * `--privileged`, which asks for rights that not every machine has to give.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Outcome, runToEnd } from "../support/cli.ts";
import { testEngine } from "../support/engine.ts";
import { open, type Terminal } from "../support/pty.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

export interface Machine {
  /** Runs a program on it, as root in the clone unless said otherwise. */
  run(argv: readonly string[], options?: Manner): Promise<Outcome>;
  /** The same in a terminal. */
  open(argv: readonly string[], options?: Manner): Terminal;
  remove(): Promise<void>;
}

export interface Manner {
  readonly user?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export const clone = "/srv/pet";
const trusted = "/opt/authorities";

export async function bareMachine(): Promise<Machine> {
  const { baseImage } = testEngine();
  const registry = await npmEnvironment();
  const authorities = ownAuthorities();
  const created = await docker(
    ...["run", "--detach", "--init", "--label=pet.test=machine", "--volume=/var/lib/docker"],
    ...["SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE"].map((name) => `--cap-add=${name}`),
    ...["seccomp", "apparmor", "systempaths"].map((name) => `--security-opt=${name}=unconfined`),
    ...[baseImage, "sleep", "infinity"],
  );
  const id = created.stdout.trim();
  if (created.status !== 0) throw new Error(created.stderr);
  const exec = ({ user = "root", env = {} }: Manner, ...more: readonly string[]) => [
    ...["exec", `--user=${user}`, `--workdir=${clone}`],
    ...Object.entries({ ...registry, ...env }).map(([name, value]) => `--env=${name}=${value}`),
    ...more,
  ];
  const machine: Machine = {
    run: (argv, manner = {}) => docker(...exec(manner, id, ...argv)),
    open: (argv, manner = {}) =>
      open("docker", [toEngine(), ...exec(manner, "--interactive", "--tty", id, ...argv)]),
    async remove() {
      await docker("rm", "--force", "--volumes", id);
    },
  };
  try {
    await copyIn(id, checkout, await filesOfAClone(), clone);
    if (authorities) await copyIn(id, dirname(authorities), [basename(authorities)], trusted);
    await system(
      machine,
      "findmnt -lno TARGET -R /sys | while read -r at; do mount -o remount,rw,bind $at; done",
    );
    await system(machine, "echo force-unsafe-io > /etc/dpkg/dpkg.cfg.d/unsafe-io");
    await system(
      machine,
      "apt-get -qq update && apt-get -qq -y install --no-install-recommends nodejs ca-certificates",
    );
    await copyIn(id, npmFolder(), ["."], "/usr/local/lib/node_modules/npm");
    await system(machine, "ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm");
  } catch (error) {
    await machine.remove();
    throw error;
  }
  return machine;
}

/** Something the test itself does to the machine; must succeed. */
export async function system(machine: Machine, script: string): Promise<string> {
  const outcome = await machine.run(["sh", "-ec", script], { env: { DEBIAN_FRONTEND: "noninteractive" } });
  if (outcome.status !== 0) throw new Error(`${script}\n${outcome.stdout}${outcome.stderr}`);
  return outcome.stdout.trim();
}

function docker(...args: readonly string[]): Promise<Outcome> {
  return runToEnd("docker", [toEngine(), ...args], { timeoutMs: 15 * 60_000 });
}

function toEngine(): string {
  return `--host=${testEngine().dockerHost}`;
}

/** What git knows or would know: no node_modules, no build. */
async function filesOfAClone(): Promise<string[]> {
  const list = ["-C", checkout, "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await runToEnd("git", list);
  return stdout.split("\0").filter((file) => file !== "" && existsSync(`${checkout}/${file}`));
}

/** This machine's npm, and Debian's Node: Debian's own npm would bring hundreds of packages along. */
function npmFolder(): string {
  const program = process.env.npm_execpath;
  if (!program) throw new Error("run the tests by npm: they put npm on a bare machine");
  return dirname(dirname(realpathSync(program)));
}

/** Where this machine's npm finds packages, and whom it trusts: a bare machine has no file that says so. */
async function npmEnvironment(): Promise<Record<string, string>> {
  const { stdout } = await runToEnd("npm", ["config", "get", "registry"]);
  const authorities = ownAuthorities();
  const file = authorities && `${trusted}/${basename(authorities)}`;
  return {
    HOME: "/root",
    npm_config_registry: stdout.trim(),
    ...(file ? { NODE_EXTRA_CA_CERTS: file, npm_config_cafile: file } : {}),
  };
}

function ownAuthorities(): string | undefined {
  const given = process.env.NODE_EXTRA_CA_CERTS;
  return given ? realpathSync(given) : undefined;
}

async function copyIn(id: string, from: string, files: readonly string[], to: string): Promise<void> {
  const pack = spawn("tar", ["-C", from, "--null", "--files-from=-", "-cf", "-"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const script = 'mkdir -p "$1" && tar -xC "$1"';
  const unpack = spawn("docker", [toEngine(), "exec", "--interactive", id, "sh", "-ec", script, "sh", to], {
    stdio: [pack.stdout, "inherit", "inherit"],
  });
  pack.stdin.end(files.join("\0"));
  const [status] = await once(unpack, "exit");
  if (status !== 0) throw new Error(`copying to ${to} ended with status ${status}`);
}

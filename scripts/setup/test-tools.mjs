/**
 * What the tests need of the machine: the programs of a Docker Engine and of a registry of their own, never the machine's
 * engine.
 */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { inCheckout } from "./checkout.mjs";
import { installPackages, unpackPackage } from "./packages.mjs";

/** Program → the package it comes in. */
export const tools = {
  dockerd: "docker.io",
  containerd: "containerd",
  docker: "docker-cli",
  iptables: "iptables",
  "iptables-save": "iptables",
  ip: "iproute2",
  git: "git",
  pgrep: "procps",
  ssh: "openssh-client",
  podman: "podman",
  rootlesskit: "rootlesskit",
  newuidmap: "uidmap",
};

const registryFolder = inCheckout("node_modules", ".cache", "docker-registry");

/** Unpacked and not installed: installed, it would be started as a service of this machine. */
export const registryProgram = join(registryFolder, "usr", "bin", "docker-registry");

/** @param {(text: string) => void} say */
export async function ensureTestTools(say) {
  await ensurePrograms(say);
  if (!existsSync(registryProgram)) await unpackPackage("docker-registry", registryFolder, say);
}

/** @param {(text: string) => void} say */
async function ensurePrograms(say) {
  const missing = Object.entries(tools).filter(([program]) => !isThere(program));
  if (missing.length === 0) return;
  say(
    `The tests run a Docker Engine of their own, and lack: ${missing.map(([program]) => program).join(" ")}.`,
  );
  await installPackages([...new Set(missing.map(([, name]) => name))], say);
}

/** @param {string} program */
function isThere(program) {
  const directories = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return directories.some((directory) => existsSync(join(directory, program)));
}

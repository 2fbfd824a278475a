/** What the tests need of the machine: the programs of a Docker Engine of their own, never the machine's engine. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { installPackages } from "./packages.mjs";

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

/** @param {(text: string) => void} say */
export async function ensureTestTools(say) {
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

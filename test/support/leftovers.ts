/** What the tests may have left on this machine: everything of theirs has `pet-test` or `pett` in its name. */

import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { controlGroups } from "./engine/cgroups.ts";
import { asRoot, attempt } from "./engine/run.ts";
import { bridges } from "./engine/sweep.ts";

export function leftovers(): string[] {
  return [
    ...processes().map((one) => `process ${one}`),
    ...readdirSync(tmpdir())
      .filter((name) => name.startsWith("pet-"))
      .map((name) => `file ${tmpdir()}/${name}`),
    ...linesOf("/proc/self/mountinfo", /pet-test-/).map((line) => `mount ${line}`),
    ...bridges().map((name) => `network interface ${name}`),
    ...attempt(...asRoot("iptables-save"))
      .output.split("\n")
      .filter((line) => /\bpett\d+\b/.test(line))
      .map((line) => `firewall rule ${line}`),
    ...controlGroups(/\/pett\d+$/).map((path) => `control group ${path}`),
  ];
}

/** Those whose command line names a scratch directory. */
function processes(): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((pid) => `${pid}: ${linesOf(`/proc/${pid}/cmdline`, /./).join(" ").replaceAll("\0", " ")}`)
    .filter((line) => line.includes("/pet-test-"));
}

function linesOf(file: string, pattern: RegExp): string[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => pattern.test(line));
  } catch {
    return [];
  }
}

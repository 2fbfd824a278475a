/** Takes away what a keeper left that was itself killed: its number is in every name it gives. */

import { existsSync, readdirSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { removeControlGroups } from "./cgroups.ts";
import { removeNetwork, subnetOf } from "./network.ts";
import { attempt } from "./run.ts";

export function sweep(): void {
  for (const bridge of bridges()) {
    if (alive(bridge.slice("pett".length))) continue;
    removeNetwork({ bridge, subnet: subnetOf(bridge) ?? "0.0.0.0/0" });
    removeControlGroups(bridge);
  }
  for (const entry of readdirSync(tmpdir())) {
    const keeper = /^pet-test-(\d+)-/.exec(entry)?.[1];
    if (keeper && !alive(keeper)) rmSync(join(tmpdir(), entry), { recursive: true, force: true });
  }
}

export function bridges(): string[] {
  const listed = attempt("ip", "-o", "link", "show", "type", "bridge").output;
  const known = [...listed.matchAll(/\b(pett\d+)\b/g)].map((match) => match[1] ?? "");
  return [
    ...new Set([...known, ...Object.keys(networkInterfaces()).filter((name) => /^pett\d+$/.test(name))]),
  ];
}

function alive(pid: string): boolean {
  return existsSync(`/proc/${pid}`);
}

/** The control groups of an engine that was killed stay behind, empty; under either version they are directories. */

import { readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";

const root = "/sys/fs/cgroup";

export function controlGroups(name: RegExp): string[] {
  const hierarchies = [root, ...directories(root)];
  return hierarchies.flatMap((hierarchy) => directories(hierarchy)).filter((path) => name.test(path));
}

export function removeControlGroups(parent: string): void {
  for (const path of controlGroups(new RegExp(`/${parent}$`))) removeTree(path);
}

function removeTree(path: string): void {
  for (const child of directories(path)) removeTree(child);
  try {
    rmdirSync(path);
  } catch {
    // Busy for a moment yet: the check for leftovers will tell if it stays.
  }
}

function directories(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(path, entry.name));
  } catch {
    return [];
  }
}

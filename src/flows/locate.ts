/** Where a pet is that has no .env file here: it may have been made elsewhere, under another prefix. */

import { readSettings } from "../config/settings.ts";
import { label } from "../pet/labels.ts";
import { prefixName } from "../pet/names.ts";
import { type Census, census } from "./census.ts";
import type { Target, World } from "./world.ts";

/** The target under the prefix its labels show; as it is where its file says so, or nothing of that name is there. */
export async function located(world: World, target: Target): Promise<Target> {
  if (readSettings(target.envFile).from === "file") return target;
  return placedIn(await census(world.engine), target);
}

/** The same for a target without a file, among what is there. */
export function placedIn({ ttys, homes }: Census, target: Target): Target {
  const prefixes = [...ttys, ...homes]
    .filter((one) => one.labels[label.instance] === target.address.instance)
    .map((one) => one.labels[label.prefix] ?? "");
  const [other] = prefixes;
  if (other === undefined || prefixes.includes(target.address.prefix)) return target;
  return { ...target, address: { ...target.address, prefix: prefixName(other) } };
}

/** Homes, the volumes that outlive every container: how large they are, and removing them. */

import { setTimeout as pause } from "node:timers/promises";
import { fail } from "../../pet/errors.ts";
import { isOwned } from "../../pet/labels.ts";
import type { HomeName } from "../../pet/names.ts";
import type { LocalEndpoint } from "../endpoint.ts";
import { type Client, statusOf, unless } from "./client.ts";
import { engineFailure } from "./failures.ts";
import { at, labelsAt, numberAt, parsed, textAt } from "./json.ts";
import { entries } from "./lists.ts";
import { ask } from "./wire.ts";

export async function removeHome(client: Client, name: HomeName): Promise<void> {
  await client.use(async (docker) => {
    const volume = docker.getVolume(name);
    const found = await unless(404, volume.inspect());
    if (found === undefined) return;
    if (!isOwned(found.Labels, "home")) throw fail("FOREIGN", { kind: "volume", name });
    try {
      await unless(404, volume.remove());
    } catch (error) {
      if (statusOf(error) === 409) throw fail("HOME_IN_USE", { name }, { cause: error });
      throw error;
    }
  });
}

/** The engine walks every volume for it; one that knows the type walks nothing else. */
export async function homeSizes(endpoint: LocalEndpoint): Promise<ReadonlyMap<HomeName, number>> {
  for (;;) {
    const reply = await ask(endpoint, { method: "GET", path: "/system/df?type=volume" });
    if (reply.status === 200) return sizesIn(parsed(reply.body));
    // It counts for one at a time.
    if (!reply.body.includes("disk usage operation is already running")) throw engineFailure(reply);
    await pause(200);
  }
}

function sizesIn(found: unknown): ReadonlyMap<HomeName, number> {
  const homes = entries(at(found, "Volumes")).filter((one) => isOwned(labelsAt(one, "Labels"), "home"));
  const sizes = homes.map(
    (one) => [textAt(one, "Name") as HomeName, numberAt(one, "UsageData", "Size")] as const,
  );
  // -1 is the engine's word for a size it does not know.
  return new Map(sizes.filter((pair): pair is [HomeName, number] => pair[1] !== undefined && pair[1] >= 0));
}

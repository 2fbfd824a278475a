/** Removing homes, the volumes that outlive every container. */

import { fail } from "../../pet/errors.ts";
import { isOwned } from "../../pet/labels.ts";
import type { HomeName } from "../../pet/names.ts";
import { type Client, statusOf, unless } from "./client.ts";

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

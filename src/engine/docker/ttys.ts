/** Stopping and removing TTYs. */

import type { ContainerName } from "../../pet/names.ts";
import { type Client, statusOf, unless } from "./client.ts";
import { inspectTty, requireTty } from "./tty.ts";

export async function stopTty(client: Client, name: ContainerName): Promise<void> {
  const { id } = await requireTty(client.endpoint, name);
  // 304: it did not run; 404: it has gone since, which is stopped enough.
  await client.use((docker) => unless(304, unless(404, docker.getContainer(id).stop())));
}

export async function removeTty(client: Client, name: ContainerName): Promise<void> {
  const tty = await inspectTty(client.endpoint, name);
  if (tty !== undefined) await removeContainer(client, tty.id);
}

/** Kills and removes, and returns when it is gone, also where another is at it already. */
export async function removeContainer(client: Client, id: string): Promise<void> {
  await client.use(async (docker) => {
    const container = docker.getContainer(id);
    try {
      await unless(404, container.remove({ force: true }));
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      await unless(404, container.wait({ condition: "removed" }));
    }
  });
}

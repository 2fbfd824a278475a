/** Tar archives in and out of a TTY, running or not. */

import type { Readable } from "node:stream";
import { fail } from "../../pet/errors.ts";
import type { ContainerName } from "../../pet/names.ts";
import { type Client, statusOf, unless } from "./client.ts";
import { requireTty } from "./tty.ts";

export async function putArchive(
  client: Client,
  name: ContainerName,
  directory: string,
  tar: Readable,
): Promise<void> {
  const { id } = await requireTty(client.endpoint, name);
  await client.use(async (docker) => {
    try {
      await docker.getContainer(id).putArchive(tar, { path: directory });
    } catch (error) {
      if (statusOf(error) === 404) throw fail("NO_SUCH_PATH", { name, path: directory }, { cause: error });
      throw error;
    }
  });
}

export async function getArchive(client: Client, name: ContainerName, path: string): Promise<Readable> {
  const { id } = await requireTty(client.endpoint, name);
  const tar = await client.use((docker) => unless(404, docker.getContainer(id).getArchive({ path })));
  if (tar === undefined) throw fail("NO_SUCH_PATH", { name, path });
  return tar as Readable;
}

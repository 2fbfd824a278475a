/** What a TTY's first process has written. */

import type { ContainerName } from "../../pet/names.ts";
import type { Client } from "./client.ts";
import { frameReader } from "./frames.ts";
import { requireTty } from "./tty.ts";

export async function readLogs(client: Client, name: ContainerName, lines: number): Promise<string> {
  const { id } = await requireTty(client.endpoint, name);
  const framed = await client.use((docker) =>
    docker.getContainer(id).logs({ stdout: true, stderr: true, follow: false, tail: lines }),
  );
  const parts: Buffer[] = [];
  const keep = (part: Buffer) => parts.push(part) > 0;
  frameReader(keep, keep)(framed);
  return Buffer.concat(parts).toString("utf8");
}

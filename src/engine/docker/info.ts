/** Which engine this is. */

import type { EngineInfo } from "../engine.ts";
import type { Client } from "./client.ts";
import { textAt } from "./json.ts";

export async function info(client: Client): Promise<EngineInfo> {
  const [version, system] = await client.use((docker) =>
    Promise.all([docker.version(), docker.info() as Promise<unknown>]),
  );
  return { name: textAt(system, "Name"), version: version.Version, architecture: version.Arch };
}

/** Which engine this is. */

import { fail } from "../../pet/errors.ts";
import type { EngineInfo } from "../engine.ts";
import type { Client } from "./client.ts";
import { at, textAt } from "./json.ts";

export async function info(client: Client): Promise<EngineInfo> {
  const [version, system] = await client.use((docker) =>
    Promise.all([docker.version() as Promise<unknown>, docker.info() as Promise<unknown>]),
  );
  // Whatever speaks HTTP answers something.
  if (textAt(version, "Version") === "") {
    throw fail("ENGINE_FAILED", { reason: "what answers is no Docker Engine" });
  }
  return {
    name: textAt(system, "Name"),
    version: textAt(version, "Version"),
    architecture: textAt(version, "Arch"),
    product: isPodman(version) ? "Podman" : "Docker Engine",
    storage: textAt(system, "Driver"),
    dataRoot: textAt(system, "DockerRootDir"),
    rootless: isRootless(system),
  };
}

function isPodman(version: unknown): boolean {
  const components = at(version, "Components");
  return Array.isArray(components) && components.some((one) => textAt(one, "Name") === "Podman Engine");
}

/** Docker says so among its security options, Podman in a word of its own. */
function isRootless(system: unknown): boolean {
  const options = at(system, "SecurityOptions");
  return at(system, "Rootless") === true || (Array.isArray(options) && options.includes("name=rootless"));
}

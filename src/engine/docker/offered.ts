/** Whether a registry has an image. */

import { type Client, messageIn, statusOf } from "./client.ts";
import { registryFailure } from "./registry-failures.ts";

export async function offered(client: Client, reference: string): Promise<"offered" | "unknown"> {
  return await client.use(async (docker) => {
    try {
      await docker.getImage(reference).distribution();
      return "offered";
    } catch (error) {
      if (statusOf(error) === undefined) throw error;
      const said = messageIn(error);
      // Podman's answer to a path it does not know.
      if (/is not supported$/.test(said)) return "unknown";
      throw registryFailure("pull", reference, said);
    }
  });
}

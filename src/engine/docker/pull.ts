/** Fetches an image from its registry. */

import { readReference } from "../../pet/reference.ts";
import type { Progress } from "../engine.ts";
import { type Client, messageIn, statusOf } from "./client.ts";
import type { KnownTo } from "./credentials.ts";
import { textAt } from "./json.ts";
import { layerReader } from "./layers.ts";
import { registryFailure } from "./registry-failures.ts";

export async function* pull(client: Client, known: KnownTo, reference: string): AsyncGenerator<Progress> {
  // What pet reads otherwise than the engine does might go to another registry.
  const registry = readReference(reference)?.registry;
  const credentials = registry === undefined ? undefined : await known(registry);
  const stream = await client.use(async (docker) => {
    try {
      return await docker.pull(reference, credentials === undefined ? {} : { authconfig: credentials });
    } catch (error) {
      if (statusOf(error) === undefined) throw error;
      throw registryFailure("pull", reference, messageIn(error));
    }
  });
  const read = layerReader();
  try {
    for await (const message of client.read(stream)) {
      const error = textAt(message, "error");
      if (error !== "") throw registryFailure("pull", reference, error);
      yield* read(message);
    }
  } finally {
    // Somebody who stops listening stops the pull: the engine sees the line go.
    (stream as { destroy?: () => void }).destroy?.();
  }
}

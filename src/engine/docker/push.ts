/** Publishes an image under a name of a registry. */

import type Dockerode from "dockerode";
import { fail } from "../../pet/errors.ts";
import { isOwned } from "../../pet/labels.ts";
import { readReference } from "../../pet/reference.ts";
import type { Progress } from "../engine.ts";
import { type Client, messageIn, statusOf, unless } from "./client.ts";
import type { KnownTo } from "./credentials.ts";
import { textAt } from "./json.ts";
import { layerReader } from "./layers.ts";
import { registryFailure } from "./registry-failures.ts";

export async function* push(
  client: Client,
  known: KnownTo,
  image: string,
  reference: string,
): AsyncGenerator<Progress, string> {
  // What pet reads otherwise than the engine does might go to another registry.
  const registry = readReference(reference)?.registry;
  const credentials = registry === undefined ? undefined : await known(registry);
  const undo = await client.use((docker) => named(docker, image, reference));
  let published = false;
  try {
    const digest = yield* pushed(client, reference, credentials ?? {});
    published = true;
    return digest;
  } finally {
    // A name that the registry does not know is of no use on the engine.
    if (!published) await client.use(undo).catch(() => {});
  }
}

type Act = (docker: Dockerode) => Promise<unknown>;

/** Gives the image its further name. Returns what makes that as it was. @throws NO_IMAGE, FOREIGN */
async function named(docker: Dockerode, image: string, reference: string): Promise<Act> {
  const [found, holder] = await Promise.all([
    unless(404, docker.getImage(image).inspect()),
    unless(404, docker.getImage(reference).inspect()),
  ]);
  if (found === undefined) throw fail("NO_IMAGE", { image });
  if (holder?.Id === found.Id) return async () => {};
  if (holder !== undefined && !isOwned(holder.Config.Labels, "image"))
    throw fail("FOREIGN", { kind: "image", name: reference });
  await name(docker, found.Id, reference);
  if (holder !== undefined) return async (again) => await name(again, holder.Id, reference);
  // With its last name the image itself would go.
  if (found.RepoTags.length === 0) return async () => {};
  return async (again) => await unless(404, again.getImage(reference).remove({ noprune: true }));
}

async function name(docker: Dockerode, id: string, reference: string): Promise<void> {
  const cut = reference.lastIndexOf(":");
  await docker.getImage(id).tag({ repo: reference.slice(0, cut), tag: reference.slice(cut + 1) });
}

async function* pushed(
  client: Client,
  reference: string,
  credentials: object,
): AsyncGenerator<Progress, string> {
  const stream = await client.use(async (docker) => {
    try {
      // The engine wants the header even where there is nothing to say in it.
      return await docker.getImage(reference).push({ authconfig: credentials });
    } catch (error) {
      if (statusOf(error) === undefined) throw error;
      throw registryFailure("push", reference, messageIn(error));
    }
  });
  const read = layerReader();
  let digest = "";
  try {
    for await (const message of client.read(stream)) {
      const error = textAt(message, "error");
      if (error !== "") throw registryFailure("push", reference, error);
      digest = textAt(message, "aux", "Digest") || digest;
      yield* read(message);
    }
  } finally {
    (stream as { destroy?: () => void }).destroy?.();
  }
  if (digest === "") throw fail("ENGINE_FAILED", { reason: "the push ended without a digest" });
  return digest;
}

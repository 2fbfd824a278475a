/** The images of pet's own: which there are, and removing them. */

import { fail } from "../../pet/errors.ts";
import { isOwned, label } from "../../pet/labels.ts";
import type { LocalEndpoint } from "../endpoint.ts";
import type { StoredImage } from "../engine.ts";
import { engineFailure } from "./failures.ts";
import { at, labelsAt, numberAt, parsed, textAt } from "./json.ts";
import { entries, labelFilter, listed } from "./lists.ts";
import { ask } from "./wire.ts";

export async function listImages(endpoint: LocalEndpoint): Promise<readonly StoredImage[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: labelFilter({ [label.kind]: "image" }) }));
  const images = entries(await listed(endpoint, `/images/json?filters=${filters}`));
  // Whoever's containers: asked for last, so that one which was made meanwhile counts.
  const containers = entries(await listed(endpoint, "/containers/json?all=1"));
  const used = new Set(containers.map((one) => textAt(one, "ImageID")));
  return images.map((one) => {
    const created = numberAt(one, "Created");
    return {
      id: textAt(one, "Id"),
      names: namesIn(at(one, "RepoTags")),
      pinned: namesIn(at(one, "RepoDigests")).length > 0,
      created: created === undefined ? undefined : new Date(created * 1000),
      bytes: numberAt(one, "Size"),
      used: used.has(textAt(one, "Id")),
      labels: labelsAt(one, "Labels"),
    };
  });
}

export async function removeImage(
  endpoint: LocalEndpoint,
  { id }: Pick<StoredImage, "id">,
  name: string | undefined,
): Promise<void> {
  const reference = name ?? id;
  const now = await ask(endpoint, { method: "GET", path: `/images/${encodeURI(reference)}/json` });
  if (now.status === 404) return;
  if (now.status !== 200) throw engineFailure(now);
  const found = parsed(now.body);
  if (!isOwned(labelsAt(found, "Config", "Labels"), "image"))
    throw fail("FOREIGN", { kind: "image", name: reference });
  const named = namesIn(at(found, "RepoTags")).length > 0;
  if (textAt(found, "Id") !== id || (name === undefined && named))
    throw fail("IMAGE_IN_USE", { image: reference });
  // Not by force: the engine refuses where a container was made from it.
  const reply = await ask(endpoint, { method: "DELETE", path: `/images/${encodeURI(reference)}` });
  if (reply.status === 409) throw fail("IMAGE_IN_USE", { image: reference });
  if (reply.status !== 200 && reply.status !== 404) throw engineFailure(reply);
}

/** The engine writes `<none>:<none>` for no name, and `<none>@<none>` for no digest. */
function namesIn(found: unknown): readonly string[] {
  return entries(found).filter(
    (name): name is string => typeof name === "string" && !name.startsWith("<none>"),
  );
}

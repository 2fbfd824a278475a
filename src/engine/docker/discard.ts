/** Removing what does not run, and never what does: the engine itself refuses. */

import { fail } from "../../pet/errors.ts";
import { isOwned } from "../../pet/labels.ts";
import type { LocalEndpoint } from "../endpoint.ts";
import type { Tty } from "../engine.ts";
import { engineFailure } from "./failures.ts";
import { labelsAt, parsed } from "./json.ts";
import { ask } from "./wire.ts";

export async function discard(
  endpoint: LocalEndpoint,
  { name, id }: Pick<Tty, "name" | "id">,
): Promise<void> {
  const found = await ask(endpoint, { method: "GET", path: `/containers/${id}/json` });
  if (found.status === 404) return;
  if (found.status !== 200) throw engineFailure(found);
  const labels = labelsAt(parsed(found.body), "Config", "Labels");
  if (!isOwned(labels, "tty") && !isOwned(labels, "lock")) throw fail("FOREIGN", { kind: "container", name });
  // Not by force: one that was started a moment ago is kept.
  const reply = await ask(endpoint, { method: "DELETE", path: `/containers/${id}` });
  if (reply.status === 204 || reply.status === 404) return;
  if (reply.status !== 409) throw engineFailure(reply);
  if (!/already in progress/.test(reply.body)) throw fail("CONTAINER_IN_USE", { name });
}

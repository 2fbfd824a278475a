/** What a new or stopped TTY needs on its way to a prompt: its home, its image, its making and its start. */

import { fail } from "../../pet/errors.ts";
import { holderIn, isOwned, label } from "../../pet/labels.ts";
import type { ContainerName } from "../../pet/names.ts";
import type { HomeVolume, Workspace } from "../../pet/workspace.ts";
import type { LocalEndpoint } from "../endpoint.ts";
import type { Holder, Image } from "../engine.ts";
import { engineFailure } from "./failures.ts";
import { dateAt, labelsAt, parsed, textAt } from "./json.ts";
import { inspectTty, readState, requireTty } from "./tty.ts";
import { ask } from "./wire.ts";
import { containerBody, volumeBody } from "./workspace.ts";

export async function createTty(endpoint: LocalEndpoint, workspace: Workspace): Promise<void> {
  const { name } = workspace;
  const path = `/containers/create?name=${name}`;
  const reply = await ask(endpoint, { method: "POST", path, body: containerBody(workspace) });
  if (reply.status === 201) return;
  if (reply.status === 404) throw fail("NO_IMAGE", { image: workspace.image });
  if (reply.status === 409) {
    await inspectTty(endpoint, name);
    throw fail("NAME_TAKEN", { name });
  }
  throw engineFailure(reply);
}

export async function startTty(endpoint: LocalEndpoint, name: ContainerName): Promise<void> {
  const { id, state } = await requireTty(endpoint, name);
  const way = state === "paused" ? "unpause" : "start";
  const reply = await ask(endpoint, { method: "POST", path: `/containers/${id}/${way}` });
  if (reply.status === 204 || reply.status === 304) return;
  // 409 is the engine's word for one that is being removed.
  if (reply.status === 404 || reply.status === 409) throw fail("NO_TTY", { name });
  throw engineFailure(reply);
}

/** The engine answers the making of a volume that exists with the old one, whoever made that. */
export async function ensureHome(endpoint: LocalEndpoint, home: HomeVolume): Promise<void> {
  const reply = await ask(endpoint, { method: "POST", path: "/volumes/create", body: volumeBody(home) });
  // 409: it is there, and of another driver than ours.
  if (reply.status === 409) throw fail("FOREIGN", { kind: "volume", name: home.name });
  if (reply.status !== 201 && reply.status !== 200) throw engineFailure(reply);
  if (isOwned(labelsAt(parsed(reply.body), "Labels"), "home")) return;
  throw fail("FOREIGN", { kind: "volume", name: home.name });
}

export async function findImage(endpoint: LocalEndpoint, reference: string): Promise<Image | undefined> {
  const reply = await ask(endpoint, { method: "GET", path: `/images/${encodeURI(reference)}/json` });
  if (reply.status === 404) return undefined;
  if (reply.status !== 200) throw engineFailure(reply);
  const found: unknown = parsed(reply.body);
  return {
    id: textAt(found, "Id"),
    architecture: textAt(found, "Architecture"),
    labels: labelsAt(found, "Config", "Labels"),
  };
}

export function lockName(key: string): string {
  return `${key}.lock`;
}

/** One whose holder has died is on its way out, and holds nothing. */
export async function lockedBy(endpoint: LocalEndpoint, key: string): Promise<Holder | undefined> {
  const reply = await ask(endpoint, { method: "GET", path: `/containers/${lockName(key)}/json` });
  if (reply.status === 404) return undefined;
  if (reply.status !== 200) throw engineFailure(reply);
  const found: unknown = parsed(reply.body);
  const labels = labelsAt(found, "Config", "Labels");
  const state = readState(textAt(found, "State", "Status"));
  if (!isOwned(labels, "lock") || (state !== "running" && state !== "created")) return undefined;
  return {
    who: holderIn(labels),
    since: dateAt(labels, label.since),
    image: textAt(found, "Image"),
  };
}

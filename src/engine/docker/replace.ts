/** Replacing a TTY: the new one is made beside the old one and proven there; then their names change, not they. */

import { type Move, newName, placing, settling } from "../../pet/beside.ts";
import { fail } from "../../pet/errors.ts";
import { label } from "../../pet/labels.ts";
import type { ContainerName } from "../../pet/names.ts";
import type { Labels, Workspace } from "../../pet/workspace.ts";
import type { LocalEndpoint } from "../endpoint.ts";
import type { Client } from "./client.ts";
import { engineFailure } from "./failures.ts";
import { listAll } from "./lists.ts";
import { createTty, startTty } from "./startup.ts";
import { requireTty } from "./tty.ts";
import { removeTty, stopTty } from "./ttys.ts";
import { ask } from "./wire.ts";

export async function replaceTty(
  client: Client,
  workspace: Workspace,
  proof: (name: ContainerName) => Promise<void>,
): Promise<void> {
  const beside = newName(workspace.name);
  await createTty(client.endpoint, { ...workspace, name: beside });
  try {
    await startTty(client.endpoint, beside);
    await proof(beside);
  } catch (error) {
    // Where the engine does not even do this, the next verb does.
    await removeTty(client, beside).catch(() => {});
    throw error;
  }
  const {
    [label.tty]: tty = "",
    [label.prefix]: prefix = "",
    [label.instance]: instance = "",
  } = workspace.labels;
  const labels = { [label.prefix]: prefix, [label.instance]: instance, [label.tty]: tty };
  try {
    await moved(client, labels, placing);
  } catch (error) {
    await settleTtys(client, labels).catch(() => {});
    throw error;
  }
}

export async function settleTtys(client: Client, labels: Labels): Promise<void> {
  await moved(client, labels, settling);
}

async function moved(client: Client, labels: Labels, decide: typeof settling): Promise<void> {
  const there = await listAll(client.endpoint, labels);
  for (const move of decide(there.map(({ name }) => name))) await carryOut(client, move);
}

async function carryOut(client: Client, move: Move): Promise<void> {
  if (move.do === "rename") return await rename(client.endpoint, move.from, move.to);
  // Shells are told first, so that they write down what they remember.
  await stopTty(client, move.tty);
  await removeTty(client, move.tty);
}

async function rename(endpoint: LocalEndpoint, from: ContainerName, to: ContainerName): Promise<void> {
  const { id } = await requireTty(endpoint, from);
  const reply = await ask(endpoint, { method: "POST", path: `/containers/${id}/rename?name=${to}` });
  if (reply.status === 204) return;
  if (reply.status === 409) throw fail("NAME_TAKEN", { name: to });
  throw engineFailure(reply);
}

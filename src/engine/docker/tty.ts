/** A container as the engine describes it, read as a TTY. */

import { fail } from "../../pet/errors.ts";
import { isOwned } from "../../pet/labels.ts";
import type { ContainerName } from "../../pet/names.ts";
import type { LocalEndpoint } from "../endpoint.ts";
import type { Tty, TtyState } from "../engine.ts";
import { engineFailure } from "./failures.ts";
import { dateAt, labelsAt, numberAt, parsed, textAt } from "./json.ts";
import { ask } from "./wire.ts";

/** @throws FOREIGN */
export async function inspectTty(endpoint: LocalEndpoint, name: ContainerName): Promise<Tty | undefined> {
  const reply = await ask(endpoint, { method: "GET", path: `/containers/${name}/json` });
  if (reply.status === 404) return undefined;
  if (reply.status !== 200) throw engineFailure(reply);
  const tty = readTty(parsed(reply.body));
  // The engine takes the start of an id for a name as well; such a container is not the one that was asked for.
  if (tty.name !== name) return undefined;
  if (!isOwned(tty.labels, "tty")) throw fail("FOREIGN", { kind: "container", name });
  return tty;
}

/** @throws FOREIGN, NO_TTY */
export async function requireTty(endpoint: LocalEndpoint, name: ContainerName): Promise<Tty> {
  const tty = await inspectTty(endpoint, name);
  if (tty === undefined) throw fail("NO_TTY", { name });
  return tty;
}

function readTty(found: unknown): Tty {
  const state = readState(textAt(found, "State", "Status"));
  return {
    name: textAt(found, "Name").replace(/^\//, "") as ContainerName,
    id: textAt(found, "Id"),
    state,
    since: sinceOf(state, found),
    exitStatus:
      state === "exited" || state === "dead" || state === "restarting"
        ? numberAt(found, "State", "ExitCode")
        : undefined,
    image: textAt(found, "Config", "Image"),
    imageId: textAt(found, "Image"),
    labels: labelsAt(found, "Config", "Labels"),
  };
}

function sinceOf(state: TtyState, found: unknown): Date | undefined {
  if (state === "created") return dateAt(found, "Created");
  return dateAt(found, "State", state === "running" || state === "paused" ? "StartedAt" : "FinishedAt");
}

const states: Readonly<Record<string, TtyState>> = {
  created: "created",
  running: "running",
  paused: "paused",
  restarting: "restarting",
  removing: "dead",
  exited: "exited",
  dead: "dead",
};

export function readState(status: string): TtyState {
  return states[status] ?? "dead";
}

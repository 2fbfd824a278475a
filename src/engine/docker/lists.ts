/** What there is of pet's: one request for the containers, one for the volumes. */

import { shown, standingOf } from "../../pet/beside.ts";
import { isOwned, label } from "../../pet/labels.ts";
import type { ContainerName, HomeName } from "../../pet/names.ts";
import type { Labels } from "../../pet/workspace.ts";
import type { LocalEndpoint } from "../endpoint.ts";
import type { Home, Tty } from "../engine.ts";
import { engineFailure } from "./failures.ts";
import { at, dateAt, labelsAt, numberAt, parsed, textAt } from "./json.ts";
import { readState } from "./tty.ts";
import { ask } from "./wire.ts";

export async function listTtys(endpoint: LocalEndpoint, labels: Labels): Promise<readonly Tty[]> {
  return shown(await listAll(endpoint, labels));
}

export async function listBeside(endpoint: LocalEndpoint, labels: Labels): Promise<readonly Tty[]> {
  return (await listAll(endpoint, labels)).filter(({ name }) => standingOf(name).standing !== "in place");
}

/** Those too that stand beside a TTY that is being replaced. */
export async function listAll(endpoint: LocalEndpoint, labels: Labels): Promise<readonly Tty[]> {
  const found = await listed(
    endpoint,
    `/containers/json?all=1&${filter({ [label.kind]: "tty", ...labels })}`,
  );
  return entries(found).map(readTty).sort(byName);
}

export async function listHomes(endpoint: LocalEndpoint, labels: Labels): Promise<readonly Home[]> {
  const found = await listed(endpoint, `/volumes?${filter({ [label.kind]: "home", ...labels })}`);
  return entries(at(found, "Volumes")).map(readHome).sort(byName);
}

export function labelFilter(labels: Labels): string[] {
  return Object.entries(labels).map(([name, value]) => `${name}=${value}`);
}

function filter(labels: Labels): string {
  return `filters=${encodeURIComponent(JSON.stringify({ label: labelFilter(labels) }))}`;
}

export async function listed(endpoint: LocalEndpoint, path: string): Promise<unknown> {
  const reply = await ask(endpoint, { method: "GET", path });
  if (reply.status !== 200) throw engineFailure(reply);
  return parsed(reply.body);
}

/** The engine says null where there are none. */
export function entries(found: unknown): readonly unknown[] {
  return Array.isArray(found) ? found : [];
}

/** Whatever carries the label of a kind; some of it is somebody's own container, run from an image of pet's. */
export async function listLeftovers(endpoint: LocalEndpoint): Promise<readonly Tty[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label.kind] }));
  const found = entries(await listed(endpoint, `/containers/json?all=1&filters=${filters}`)).map(readTty);
  return found.filter(isLeftover).sort(byName);
}

/** A `.` is in no TTY's name. */
function isLeftover({ name, labels }: Tty): boolean {
  return name.includes(".") && (isOwned(labels, "lock") || isOwned(labels, "tty"));
}

function readTty(found: unknown): Tty {
  const exit = /^(?:Exited|Dead) \((\d+)\)/.exec(textAt(found, "Status"))?.[1];
  const created = numberAt(found, "Created");
  return {
    name: textAt(found, "Names", "0").replace(/^\//, "") as ContainerName,
    id: textAt(found, "Id"),
    state: readState(textAt(found, "State")),
    since: created === undefined ? undefined : new Date(created * 1000),
    exitStatus: exit === undefined ? undefined : Number(exit),
    image: textAt(found, "Image"),
    imageId: textAt(found, "ImageID"),
    labels: labelsAt(found, "Labels"),
  };
}

function readHome(found: unknown): Home {
  return {
    name: textAt(found, "Name") as HomeName,
    created: dateAt(found, "CreatedAt"),
    labels: labelsAt(found, "Labels"),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

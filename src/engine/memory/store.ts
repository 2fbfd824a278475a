/** What an engine in memory holds. */

import type { Header } from "tar-stream";
import { fail } from "../../pet/errors.ts";
import { isOwned } from "../../pet/labels.ts";
import type { ContainerName } from "../../pet/names.ts";
import type { Labels, Workspace } from "../../pet/workspace.ts";
import type { Home, Image, Tty, TtyEvent } from "../engine.ts";

export interface Store {
  readonly ttys: Map<string, HeldTty>;
  readonly homes: Map<string, HeldHome>;
  readonly images: Map<string, Image>;
  readonly locks: Map<string, { readonly labels: Labels; readonly image: string }>;
  /** What was pushed, by reference and by digest. */
  readonly registry: Map<string, Image>;
  readonly listeners: Set<(event: TtyEvent, labels: Labels) => void>;
  /** A number that no other call gets. */
  next(): number;
}

export interface HeldTty {
  tty: Tty;
  readonly workspace: Workspace;
  readonly files: Files;
  log: string;
}

interface HeldHome {
  readonly home: Home;
  readonly files: Files;
}

/** Files by their absolute path. */
export type Files = Map<string, HeldFile>;

export interface HeldFile {
  readonly header: Header;
  readonly content: Buffer;
}

export function emptyStore(images: readonly string[]): Store {
  let number = 0;
  return {
    ttys: new Map(),
    homes: new Map(),
    images: new Map(images.map((reference) => [reference, imageOf(`sha256:${reference}`, {})])),
    registry: new Map(),
    locks: new Map(),
    listeners: new Set(),
    next: () => ++number,
  };
}

export function imageOf(id: string, labels: Labels): Image {
  return { id, architecture: "amd64", labels };
}

/** By its name or by its id, as an engine knows it. */
export function findImage(store: Store, reference: string): Image | undefined {
  return store.images.get(reference) ?? [...store.images.values()].find(({ id }) => id === reference);
}

/** @throws FOREIGN */
export function findTty(store: Store, name: ContainerName): HeldTty | undefined {
  const held = store.ttys.get(name);
  if (held !== undefined && !isOwned(held.tty.labels, "tty"))
    throw fail("FOREIGN", { kind: "container", name });
  return held;
}

/** @throws FOREIGN, NO_TTY */
export function requireTty(store: Store, name: ContainerName): HeldTty {
  const held = findTty(store, name);
  if (held === undefined) throw fail("NO_TTY", { name });
  return held;
}

export function tell(store: Store, kind: TtyEvent["kind"], { tty }: HeldTty): void {
  for (const listener of store.listeners) listener({ name: tty.name, kind, at: new Date() }, tty.labels);
}

export function carries(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

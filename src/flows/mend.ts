/**
 * Gives a home to the uid the pet now has. The workspace is unprivileged and cannot change owners; the engine's
 * archive calls can. Directories change owner in place, files are laid beside the tree as whole copies, and the
 * workspace renames those over the originals when it starts (terminals/base): interrupted anywhere, every
 * original is still there, and the next run begins anew.
 */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract, pack } from "tar-stream";
import { rememberedSettings } from "../config/settings.ts";
import type { Engine, Tty } from "../engine/engine.ts";
import { label } from "../pet/labels.ts";
import { type Address, homeName, mendingName } from "../pet/names.ts";
import type { Workspace } from "../pet/workspace.ts";
import { handedOver, type Laid, mendDirectory, type Owner, ownedBy } from "./owners.ts";

export interface Mending {
  readonly pet: Pick<Address, "prefix" | "instance">;
  /** The TTY that found its home in other hands. */
  readonly tty: Tty;
  readonly owner: Owner;
}

/** Whoever calls has the pet's turn. */
export async function mendHome(engine: Engine, { pet, tty, owner }: Mending): Promise<void> {
  await engine.stop(tty.name);
  const hand = handOn(pet, tty, owner);
  try {
    // One that was interrupted left its own.
    await engine.remove(hand.name);
    await engine.create(hand);
    const read = await engine.getArchive(tty.name, "/home");
    const mounts = mountsOf(tty);
    const laid = Readable.from(rewritten(read, owner, mounts), { objectMode: false });
    await engine.putArchive(hand.name, "/home", laid);
  } finally {
    await engine.remove(hand.name);
  }
}

/**
 * A further container on the home, never started: an engine that is handing out an archive of one container takes
 * none for it. It carries no pet's name, so that it is nobody's TTY.
 */
function handOn(pet: Mending["pet"], tty: Tty, { uid, gid }: Owner): Workspace {
  const name = mendingName(pet);
  return {
    name,
    hostname: "mend",
    image: tty.imageId,
    uid,
    gid,
    environment: {},
    labels: { [label.kind]: "tty" },
    home: homeName(pet),
    mounts: [],
    cpus: 0,
    memory: 0,
    pids: 32,
    readOnly: false,
  };
}

/** The archive to lay, as bytes: ends early, and so fails, where the reading does. */
async function* rewritten(
  read: Readable,
  owner: Owner,
  mounts: readonly string[],
): AsyncGenerator<Uint8Array> {
  const outgoing = pack();
  const writing = rewrite(read, outgoing, owner, mounts);
  writing.catch((error: Error) => outgoing.destroy(error));
  for await (const chunk of outgoing) {
    if (chunk instanceof Uint8Array) yield chunk;
  }
  await writing;
}

async function rewrite(
  read: Readable,
  outgoing: ReturnType<typeof pack>,
  owner: Owner,
  mounts: readonly string[],
): Promise<void> {
  const lay = (header: Laid) =>
    new Promise<void>((resolve, reject) => {
      outgoing.entry(header, "", (error) => (error == null ? resolve() : reject(error)));
    });
  for (const name of [`${mendDirectory}/`, `${mendDirectory}/tree/`]) {
    await lay(ownedBy(owner, { name, type: "directory", mode: 0o700 }));
  }
  // An entry that is read before somebody listens is lost.
  const incoming = extract();
  const reading = pipeline(read, incoming);
  reading.catch(() => {}); // told where it is awaited, or by the entry that breaks off
  for await (const entry of incoming) {
    const headers = isBelow(`/${entry.header.name}`, mounts) ? [] : handedOver(entry.header, owner);
    const [file] = headers;
    if (file?.type === "file") {
      await pipeline(entry, outgoing.entry(file));
      continue;
    }
    entry.resume();
    for (const header of headers) await lay(header);
  }
  await reading;
  await lay(ownedBy(owner, { name: `${mendDirectory}/complete`, type: "file", mode: 0o600, size: 0 }));
  outgoing.finalize();
}

function mountsOf({ labels, name }: Tty): readonly string[] {
  return rememberedSettings(labels[label.spec] ?? "{}", name).mounts.map(({ target }) => target);
}

/** What is mounted below the home is in the archive, and not in the volume. */
function isBelow(path: string, mounts: readonly string[]): boolean {
  return mounts.some((mount) => path.startsWith(`${mount}/`) && path !== `${mount}/`);
}

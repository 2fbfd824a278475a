/** Files of this machine, as frames: each thing as it is, links as links. */

import {
  closeSync,
  constants,
  type Dir,
  lstatSync,
  opendirSync,
  openSync,
  readlinkSync,
  type Stats,
} from "node:fs";
import { fail } from "../pet/errors.ts";
import { faultOf } from "../system/fault.ts";
import { sendBytes } from "./bytes.ts";
import { type Count, type Entry, entryFrame, frame } from "./frames.ts";
import { type Held, hold } from "./held.ts";
import { inside } from "./names.ts";
import type { Outlet } from "./outlet.ts";

export interface Source {
  readonly path: string;
  /** What it is to be called. */
  readonly name: string;
}

/** Told of what is left out, and why. */
export type Skip = (path: Buffer, reason: string) => void;

/** Sends all of these. @throws FILE_UNREADABLE for what began to be read and cannot be read on */
export async function sendTree(
  sources: readonly Source[],
  outlet: Outlet,
  count: Count,
  skip: Skip,
): Promise<void> {
  const links = new Map<string, number>();
  for (const { path, name } of sources) await send(Buffer.from(path), Buffer.from(path), Buffer.from(name));

  /** @param path for people; the way there is through the directory that is held */
  async function send(way: Buffer, path: Buffer, name: Buffer): Promise<void> {
    const stats = attempt(path, () => lstatSync(way));
    if (stats === undefined) return;
    const meta = { name, mode: stats.mode & 0o7777, mtime: Math.floor(stats.mtimeMs / 1000) };
    if (stats.isFile()) {
      await sendFile(way, path, meta, stats);
    } else if (stats.isDirectory()) {
      const held = attempt(path, () => hold(way, path));
      if (held === undefined) return;
      try {
        await sendDirectory(held, meta);
      } finally {
        held.close();
      }
    } else if (stats.isSymbolicLink()) {
      const text = attempt(path, () => readlinkSync(way, { encoding: "buffer" }));
      if (text !== undefined) await announce({ kind: "symbolic link", name, text });
    } else {
      skip(path, stats.isFIFO() ? "a pipe" : stats.isSocket() ? "a socket" : "a device");
    }
  }

  async function sendDirectory(held: Held, meta: Meta): Promise<void> {
    const { path, shown } = held;
    // Names come as bytes, which the types of Node know nothing of.
    const names = attempt(shown, () =>
      opendirSync(path, { encoding: "buffer" as BufferEncoding, bufferSize: 256 }),
    );
    if (names === undefined) return;
    await announce({ kind: "directory", ...meta });
    await sendInside(held, names);
    await outlet.add(frame("U"));
  }

  async function sendInside({ path, shown }: Held, names: Dir): Promise<void> {
    try {
      while (true) {
        const found = attempt(shown, () => names.readSync());
        if (found === undefined || found === null) return;
        const name = Buffer.from(found.name);
        await send(inside(path, name), inside(shown, name), name);
      }
    } finally {
      names.closeSync();
    }
  }

  async function sendFile(way: Buffer, path: Buffer, meta: Meta, stats: Stats): Promise<void> {
    let link = 0;
    if (stats.nlink > 1) {
      const { dev, ino } = lstatSync(way, { bigint: true });
      const first = links.get(`${dev} ${ino}`);
      if (first !== undefined) {
        return await announce({ kind: "hard link", name: meta.name, link: first });
      }
      link = links.size + 1;
      links.set(`${dev} ${ino}`, link);
    }
    // What has become a pipe meanwhile is not waited for.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const handle = attempt(path, () => openSync(way, flags));
    if (handle === undefined) return;
    try {
      const { size, blocks } = stats;
      await announce({ kind: "file", ...meta, size, link });
      await sendBytes(handle, { size, sparse: blocks * 512 < size }, outlet, count);
    } catch (cause) {
      if (!isOfSystem(cause)) throw cause;
      throw fail("FILE_UNREADABLE", { file: String(path), reason: faultOf(cause).text }, { cause });
    } finally {
      closeSync(handle);
    }
  }

  async function announce(entry: Entry): Promise<void> {
    count.entries++;
    await outlet.add(entryFrame(entry));
  }

  function attempt<Result>(path: Buffer, act: () => Result): Result | undefined {
    try {
      return act();
    } catch (error) {
      skip(path, faultOf(error).text);
      return undefined;
    }
  }
}

type Meta = Pick<Entry & { kind: "file" }, "name" | "mode" | "mtime">;

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "read";
}

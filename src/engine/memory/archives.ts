import { basename, posix } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { extract, type Header, pack } from "tar-stream";
import { fail } from "../../pet/errors.ts";
import type { ContainerName } from "../../pet/names.ts";
import type { Engine } from "../engine.ts";
import { type Files, type HeldFile, requireTty, type Store } from "./store.ts";

export function archivesIn(store: Store): Pick<Engine, "putArchive" | "getArchive"> {
  return {
    async putArchive(name, directory, tar) {
      const files = filesAt(store, name, directory);
      if (!isDirectory(files, directory)) throw fail("NO_SUCH_PATH", { name, path: directory });
      const entries = Readable.from(tar, { objectMode: false }).pipe(extract());
      for await (const entry of entries) {
        const content = await buffer(entry as unknown as Readable);
        const path = posix.join(directory, entry.header.name).replace(/\/$/, "");
        files.set(path, { header: entry.header, content });
      }
    },

    async getArchive(name, path) {
      const files = filesAt(store, name, path);
      const found = [...files].filter(([file]) => file === path || file.startsWith(`${path}/`)).sort();
      if (found.length === 0) throw fail("NO_SUCH_PATH", { name, path });
      return Readable.from(packed(path, found), { objectMode: false });
    },
  };
}

/** A home's files are the same from every TTY of the pet. */
function filesAt(store: Store, name: ContainerName, path: string): Files {
  const { workspace, files } = requireTty(store, name);
  const inHome = path === "/home" || path.startsWith("/home/");
  return (inHome ? store.homes.get(workspace.home)?.files : undefined) ?? files;
}

const always = new Set(["/", "/home", "/tmp", "/run"]);

function isDirectory(files: Files, path: string): boolean {
  return always.has(path) || files.get(path)?.header.type === "directory";
}

async function* packed(top: string, found: readonly [string, HeldFile][]): AsyncGenerator<Buffer> {
  const tar = pack();
  for (const [path, { header, content }] of found) tar.entry(renamed(header, top, path), content);
  tar.finalize();
  for await (const chunk of tar) yield chunk as Buffer;
}

function renamed(header: Header, top: string, path: string): Header {
  return { ...header, name: basename(top) + path.slice(top.length) };
}

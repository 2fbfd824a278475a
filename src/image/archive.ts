/** A build context as a tar stream: the same bytes for the same files, whenever and wherever it is made. */

import { Readable } from "node:stream";
import { type Header, pack } from "tar-stream";
import type { Entry } from "./tree.ts";

export function archive(entries: readonly Entry[]): Readable {
  return Readable.from(chunks(entries), { objectMode: false });
}

async function* chunks(entries: readonly Entry[]): AsyncGenerator<Buffer> {
  const tar = pack();
  for (const entry of entries) tar.entry(headerOf(entry), entry.kind === "file" ? entry.content : "");
  tar.finalize();
  for await (const chunk of tar) yield chunk as Buffer;
}

function headerOf(entry: Entry): Partial<Header> & Pick<Header, "name"> {
  const common = { name: entry.path, mtime: new Date(0), uid: 0, gid: 0 };
  switch (entry.kind) {
    case "file":
      return { ...common, type: "file", mode: entry.mode, size: entry.content.length };
    case "link":
      return { ...common, type: "symlink", mode: 0o777, linkname: entry.target };
    case "directory":
      return { ...common, type: "directory", mode: 0o755 };
  }
}

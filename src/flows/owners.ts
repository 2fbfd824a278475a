/** What becomes of one entry of a home's archive when the home changes hands. */

import type { Header } from "tar-stream";

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Where copies with the right owner wait for the workspace to rename them; terminals/base knows the place. */
export const mendDirectory = ".pet-mend";

export type Laid = Partial<Header> & Pick<Header, "name">;

/**
 * The entries to lay into /home for one that was read from it. A directory in other hands keeps its place and changes
 * its owner, and every directory stands in the tree of copies too; anything else in other hands becomes a copy there.
 */
export function handedOver(entry: Header, owner: Owner): readonly Laid[] {
  const path = entry.name.replace(/^home\/?/, "").replace(/\/$/, "");
  if (path === "" || path === mendDirectory || path.startsWith(`${mendDirectory}/`)) return [];
  // A name in another charset than UTF-8 did not survive the reading: its copy would be another file.
  if (path.includes("\ufffd")) return [];
  const foreign = Number(beside(entry).get("uid") ?? entry.uid) !== owner.uid;
  if (entry.type === "directory") {
    const inTree = ownedBy(owner, { ...entry, name: `${copyOf(path)}/` });
    return foreign ? [ownedBy(owner, { ...entry, name: `${path}/` }), inTree] : [inTree];
  }
  if (!foreign) return [];
  const copy = ownedBy(owner, { ...entry, name: copyOf(path) });
  // A hard link's own header tells its owner too, so its first name was copied as well.
  return [
    entry.type === "link" ? { ...copy, linkname: copyOf(entry.linkname.replace(/^home\//, "")) } : copy,
  ];
}

/** The largest id that a header holds itself. */
const largestId = 0o7777777;

export function ownedBy({ uid, gid }: Owner, header: Laid): Laid {
  const ids = Object.entries({ uid, gid }).filter(([, id]) => id > largestId);
  const times = [...beside(header)].filter(([key]) => key === "mtime");
  const kept = [...times, ...ids.map(([key, id]) => [key, String(id)])];
  const pax = kept.length === 0 ? null : Object.fromEntries(kept);
  return { ...header, uid: Math.min(uid, largestId), gid: Math.min(gid, largestId), pax };
}

/** What a header cannot hold itself comes beside it and counts before it: long names, large ids, finer times. */
function beside({ pax }: Laid): ReadonlyMap<string, string> {
  const all = typeof pax === "object" && pax !== null ? Object.entries(pax) : [];
  return new Map(all.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

function copyOf(path: string): string {
  return `${mendDirectory}/tree/${path}`;
}

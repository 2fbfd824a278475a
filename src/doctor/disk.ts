/** Room on the disks that pet and the engine write to. */

import { existsSync } from "node:fs";
import { stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { check, type Said, say } from "./check.ts";
import { letGoOf } from "./mounts.ts";
import { pasted } from "./paste.ts";
import type { Place } from "./place.ts";

export interface Room {
  readonly what: string;
  readonly path: string;
  readonly free: number;
  /** Files that can still be made; undefined where the file system sets no limit. */
  readonly files: number | undefined;
  /** Below `low` it is a warning, below `least` nothing goes any more. */
  readonly low: number;
  readonly least: number;
}

const MB = 1_000_000;

const rows = {
  FINE: { state: "ok", finding: "{rooms}" },
  LOW: { state: "warning", finding: "{size} left for {what} ({path})", repair: "{repair}" },
  FULL: { state: "broken", finding: "{size} left for {what} ({path})", repair: "{repair}" },
  NO_FILES: {
    state: "broken",
    finding: "room for {files} more files alone is left for {what} ({path})",
    repair: "df --inodes {pasted}    # then remove files, or directories full of them",
  },
  SILENT: {
    state: "broken",
    finding: "{path}, the directory of {what}, does not answer: the mount it is on has died",
    repair: "{umount}",
  },
} as const;

export const disk = check<{ readonly rooms: readonly Room[]; readonly silent: readonly Spot[] }>({
  name: "disk",
  about:
    "there is room for the engine's data (where the engine is on this machine), your home, pet's cache and temporary files",
  rows,
  limit: 45,
  async look(place) {
    const spots = await spotsOf(place);
    const answering = await Promise.all(spots.map(({ path }) => place.answers(path)));
    const rooms = await Promise.all(spots.filter((_, at) => answering[at]).map(roomAt));
    return {
      rooms: rooms.filter((room) => room !== undefined),
      silent: spots.filter((_, at) => !answering[at]),
    };
  },
  judge({ rooms, silent }) {
    const wrong = [
      ...silent.map(({ what, path }) => say(rows.SILENT, { what, path, umount: letGoOf(path) })),
      ...rooms.flatMap(wrongWith),
    ];
    if (wrong.length > 0) return wrong;
    return [say(rows.FINE, { rooms: shown(rooms) })];
  },
});

/** Most of them are on one disk. */
function shown(rooms: readonly Room[]): string {
  const bySize = Map.groupBy(rooms, ({ free }) => size(free));
  const parts = [...bySize].map(([left, same]) => `${left} for ${same.map(({ what }) => what).join(", ")}`);
  return parts.join("; ");
}

function wrongWith(room: Room): readonly Said[] {
  const { what, path, free, files, low, least } = room;
  if (files !== undefined && files < 100)
    return [say(rows.NO_FILES, { files, what, path, pasted: pasted(path) })];
  if (free >= low) return [];
  const row = free < least ? rows.FULL : rows.LOW;
  return [say(row, { size: size(free), what, path, repair: repairFor(room) })];
}

function repairFor({ what, path }: Room): string {
  if (what === engineData) return "docker system df    # docker image prune removes images that have no name";
  return `du -xh ${pasted(path)} | sort -h | tail`;
}

const engineData = "the engine's data";

interface Spot {
  readonly what: string;
  readonly path: string;
  readonly low: number;
  readonly least: number;
}

async function spotsOf(place: Place): Promise<readonly Spot[]> {
  const small = { low: 50 * MB, least: MB };
  const here = [
    { what: "your home", path: place.home, ...small },
    { what: "pet's cache", path: place.cacheDirectory, ...small },
    { what: "temporary files", path: place.temporary, ...small },
  ];
  const met = await place.engine();
  if (met.kind !== "answers" || met.context.endpoint.kind !== "unix") return here;
  // A socket may lead into a virtual machine, whose paths are not ours.
  const { dataRoot } = met.info;
  return [{ what: engineData, path: dataRoot, low: 2000 * MB, least: 200 * MB }, ...here];
}

async function roomAt(spot: Spot): Promise<Room | undefined> {
  const path = spot.what === engineData ? spot.path : existing(spot.path);
  try {
    await stat(path);
    const { bavail, bsize, files, ffree } = await statfs(path);
    return { ...spot, free: bavail * bsize, files: files === 0 ? undefined : ffree };
  } catch {
    return undefined;
  }
}

/** What is to be made there goes where its nearest directory is. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

function size(bytes: number): string {
  if (bytes >= 1000 * MB) return `${(bytes / (1000 * MB)).toFixed(1)} GB`;
  return bytes >= MB ? `${Math.floor(bytes / MB)} MB` : `${Math.floor(bytes / 1000)} kB`;
}

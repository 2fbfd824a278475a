/** Streams of the far end's, as a table of cases can write them down. */

import { endFrame, entryFrame, frame, holeFrame } from "../../../src/files/frames.ts";

const text = (value: string): Buffer => Buffer.from(value, "latin1");

export const directory = (name: string, mode = 0o755): Buffer =>
  entryFrame({ kind: "directory", name: text(name), mode, mtime: 1_000_000 });

export const file = (name: string, { mode = 0o644, size = 0, link = 0 } = {}): Buffer =>
  entryFrame({ kind: "file", name: text(name), mode, mtime: 1_000_000, size, link });

export const link = (name: string, to: string): Buffer =>
  entryFrame({ kind: "symbolic link", name: text(name), text: text(to) });

export const again = (name: string, first: number): Buffer =>
  entryFrame({ kind: "hard link", name: text(name), link: first });

export const bytes = (value: string): Buffer => frame("B", text(value));
export const hole = holeFrame;
export const leave = frame("U");
export const ready = frame("R");
export const end = (entries: number, size = 0): Buffer => endFrame({ entries, bytes: size });

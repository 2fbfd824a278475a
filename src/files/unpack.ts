/**
 * What the far end sends, made in a staging directory. The far end is not trusted: it names nothing but what is in the
 * directories that it had made here, a thing is made only where there is none, and what was asked for has the names that
 * the person gave it.
 */

import { chmodSync, linkSync, mkdirSync, symlinkSync, utimesSync } from "node:fs";
import { type Event, Untrue } from "./events.ts";
import type { Count, Entry } from "./frames.ts";
import { type Held, hold, told, within } from "./held.ts";
import { refuseClash, statsOf } from "./meeting.ts";
import { inside, soundName } from "./names.ts";
import { createFile, type NewFile } from "./new-file.ts";

export interface Unpacking {
  /** In one piece each. @throws Untrue, IN_THE_WAY, and what the system has against it, with the path */
  take(event: Event): void;
  /** Lets go of what is open. */
  close(): void;
}

interface Directory {
  readonly held: Held;
  readonly name: Buffer;
  readonly mode: number;
  readonly mtime: number;
  /** The directory it will be merged into, where there is one. */
  readonly target: Buffer | undefined;
}

/**
 * @param root of the stage
 * @param base directory they go to
 * @param names of what was asked for, in order
 * @param count of what has come
 */
export function unpack(root: Held, base: string, names: readonly string[], count: Count): Unpacking {
  const around: Directory[] = [];
  /** Of files that may come again, the names that lead there. */
  const links = new Map<number, readonly Buffer[]>();
  let file: NewFile | undefined;
  let seen = 0;

  function take(event: Event): void {
    switch (event.do) {
      case "bytes":
        count.bytes += event.part.length;
        opened().write(event.part);
        return;
      case "hole":
        count.bytes += event.length;
        opened().skip(event.length);
        return;
    }
    file?.finish();
    file = undefined;
    switch (event.do) {
      case "make":
        make(event.entry);
        return;
      case "leave":
        leave();
        return;
      case "skip":
        if (around.length === 0) nameAsked();
        return;
      case "end": {
        const { entries, bytes } = event.count;
        const all = around.length === 0 && seen === names.length;
        if (!all || entries !== count.entries || bytes !== count.bytes)
          throw new Untrue("an end before the end");
        return;
      }
      default:
        throw new Untrue(`a word out of place: ${event.do}`);
    }
  }

  function make(entry: Entry): void {
    count.entries++;
    const parent = around.at(-1) ?? { held: root, target: Buffer.from(base) };
    const name = around.length === 0 ? nameAsked(entry.name) : soundName(entry.name);
    const path = inside(parent.held.path, name);
    const final = parent.target && inside(parent.target, name);
    const met = final && statsOf(final);
    if (final && met) refuseClash(final, met, entry.kind === "directory" ? "directory" : "file");
    switch (entry.kind) {
      case "directory":
        mkdirSync(path, 0o700);
        around.push({
          held: hold(path, inside(parent.held.shown, name)),
          name,
          mode: entry.mode & 0o777,
          mtime: entry.mtime,
          target: met && final,
        });
        return;
      case "file":
        file = createFile(path, entry);
        if (entry.link !== 0) links.set(entry.link, [...around.map((each) => each.name), name]);
        return;
      case "symbolic link":
        symlinkSync(entry.text, path);
        return;
      case "hard link": {
        const first = links.get(entry.link);
        if (first === undefined) throw new Untrue("a second name of nothing");
        linkTo(root, first, path);
        return;
      }
    }
  }

  /** One that is merged into another is only for reading from, and stays open to us. */
  function leave(): void {
    const left = around.pop();
    if (left === undefined) throw new Untrue("a step out of where it may go");
    try {
      if (left.target !== undefined) return;
      utimesSync(left.held.path, left.mtime, left.mtime);
      if (left.mode !== 0o700) chmodSync(left.held.path, left.mode);
    } catch (error) {
      throw told(error, left.held);
    } finally {
      left.held.close();
    }
  }

  function nameAsked(given?: Buffer): Buffer {
    const name = names[seen++];
    if (name === undefined || (given && given.length > 0)) throw new Untrue("a thing that was not asked for");
    return Buffer.from(name);
  }

  function opened(): NewFile {
    if (file === undefined) throw new Untrue("bytes of no file");
    return file;
  }

  return {
    take(event) {
      try {
        take(event);
      } catch (error) {
        throw told(error, around.at(-1)?.held ?? root);
      }
    },
    close() {
      file?.close();
      file = undefined;
      for (const { held } of around.splice(0)) held.close();
    },
  };
}

/** A further name of what is found by these names, none of them a link. */
function linkTo(around: Held, [name, ...rest]: readonly Buffer[], path: Buffer): void {
  if (name === undefined) return;
  if (rest.length === 0) linkSync(inside(around.path, name), path);
  else within(around, name, (held) => linkTo(held, rest, path));
}

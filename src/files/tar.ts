/** What the far end sends, as a tar archive in pax format: for standard output, and whatever reads it there. */

import { type Event, Untrue } from "./events.ts";
import type { Entry } from "./frames.ts";
import { soundName } from "./names.ts";

const block = 512;

/** Writes to `put`, which may ask for patience. @returns what takes the events */
export function tarWriter(
  names: readonly string[],
  put: (bytes: Buffer) => Promise<void>,
): (event: Event) => Promise<void> {
  const around: Buffer[] = [];
  // Symbolic links of the directories around: whoever unpacks it would go through one that comes again as a directory.
  const symbolic: Set<string>[] = [new Set()];
  const links = new Map<number, Buffer>();
  let seen = 0;
  let left = 0;
  let size = 0;

  return async (event) => {
    switch (event.do) {
      case "bytes":
        if (event.part.length > left) throw new Untrue("more bytes than were said");
        left -= event.part.length;
        return await put(event.part);
      case "hole":
        if (event.length > left) throw new Untrue("more bytes than were said");
        left -= event.length;
        return await zeros(event.length);
    }
    // One that has become shorter meanwhile is filled up, as the archive has told its length.
    await zeros(left + padding(size));
    [left, size] = [0, 0];
    if (event.do === "make") await make(event.entry);
    else if (event.do === "leave") leave();
    else if (event.do === "skip" && around.length === 0) seen++;
    else if (event.do === "end") await finish();
  };

  function leave(): void {
    symbolic.pop();
    if (around.pop() === undefined) throw new Untrue("a step out");
  }

  async function finish(): Promise<void> {
    if (around.length > 0 || seen !== names.length) throw new Untrue("an end before the end");
    await zeros(2 * block);
  }

  function nameAsked(): Buffer {
    const name = names[seen++];
    if (name === undefined) throw new Untrue("a thing that was not asked for");
    return Buffer.from(name);
  }

  async function make(entry: Entry): Promise<void> {
    const name = around.length === 0 ? nameAsked() : soundName(entry.name);
    if (symbolic.at(-1)?.has(name.toString("latin1"))) throw new Untrue("a name that is a link already");
    const path = Buffer.concat([...around, name]);
    switch (entry.kind) {
      case "directory": {
        const inside = Buffer.concat([name, Buffer.from("/")]);
        await put(headers({ ...entry, type: "5", path: Buffer.concat([path, Buffer.from("/")]) }));
        around.push(inside);
        symbolic.push(new Set());
        return;
      }
      case "file":
        [left, size] = [entry.size, entry.size];
        if (entry.link !== 0) links.set(entry.link, path);
        return await put(headers({ ...entry, type: "0", path }));
      case "symbolic link":
        symbolic.at(-1)?.add(name.toString("latin1"));
        return await put(headers({ type: "2", path, mode: 0o777, mtime: 0, target: entry.text }));
      case "hard link": {
        const target = links.get(entry.link);
        if (target === undefined) throw new Untrue("a second name of nothing");
        return await put(headers({ type: "1", path, mode: 0o644, mtime: 0, target }));
      }
    }
  }

  async function zeros(length: number): Promise<void> {
    for (let rest = length; rest > 0; rest -= nothing.length) await put(nothing.subarray(0, rest));
  }
}

const nothing = Buffer.alloc(64 * 1024);

interface Member {
  readonly type: "0" | "1" | "2" | "5";
  readonly path: Buffer;
  readonly mode: number;
  readonly mtime: number;
  readonly size?: number;
  readonly target?: Buffer;
}

/** A header block, after one of records for what does not fit into it. */
function headers(member: Member): Buffer {
  const { path, target = Buffer.alloc(0), size = 0, mtime } = member;
  const records = [
    ...(path.length > 100 || !isPlain(path) ? [record("path", path)] : []),
    ...(target.length > 100 || !isPlain(target) ? [record("linkpath", target)] : []),
    ...(size >= 8 ** 11 ? [record("size", Buffer.from(String(size)))] : []),
    ...(mtime < 0 || mtime >= 8 ** 11 ? [record("mtime", Buffer.from(String(mtime)))] : []),
  ];
  const own = header(member);
  if (records.length === 0) return own;
  const body = Buffer.concat(records);
  const before = header({ type: "x", path: Buffer.from("pax"), mode: 0o644, mtime: 0, size: body.length });
  return Buffer.concat([before, body, Buffer.alloc(padding(body.length)), own]);
}

function header({
  type,
  path,
  mode,
  mtime,
  size = 0,
  target,
}: Omit<Member, "type"> & { readonly type: string }): Buffer {
  const made = Buffer.alloc(block);
  path.copy(made, 0, 0, 100);
  made.write(octal(mode & 0o777, 7), 100, "latin1");
  made.write(octal(0, 7), 108, "latin1");
  made.write(octal(0, 7), 116, "latin1");
  made.write(octal(size < 8 ** 11 ? size : 0, 11), 124, "latin1");
  made.write(octal(mtime >= 0 && mtime < 8 ** 11 ? mtime : 0, 11), 136, "latin1");
  made.fill(" ", 148, 156);
  made.write(type, 156, "latin1");
  target?.copy(made, 157, 0, 100);
  made.write("ustar\x0000", 257, "latin1");
  made.write(
    octal(
      made.reduce((sum, byte) => sum + byte, 0),
      6,
    ),
    148,
    "latin1",
  );
  made[154] = 0;
  return made;
}

/** `LENGTH KEY=VALUE\n`, its own length counted. */
function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3;
  let length = rest + String(rest).length;
  if (rest + String(length).length !== length) length++;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from("\n")]);
}

function isPlain(bytes: Buffer): boolean {
  return bytes.every((byte) => byte > 0 && byte < 0x80);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

function padding(size: number): number {
  return (block - (size % block)) % block;
}

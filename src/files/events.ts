/** The far end's frames, read and looked at: what is not as the protocol has it goes no further. */

import { type Count, type Entry, headerSize } from "./frames.ts";

export type Event =
  | { readonly do: "ready" }
  | { readonly do: "make"; readonly entry: Entry }
  | { readonly do: "bytes"; readonly part: Buffer }
  | { readonly do: "hole"; readonly length: number }
  | { readonly do: "leave" }
  | { readonly do: "skip"; readonly path: Buffer; readonly reason: string }
  | { readonly do: "end"; readonly count: Count }
  | { readonly do: "name"; readonly path: Buffer }
  | { readonly do: "settled" }
  | { readonly do: "refuse"; readonly code: string; readonly path: Buffer; readonly reason: string };

/** What the far end sent and may not send. */
export class Untrue extends Error {}

/** No frame but one of a file's bytes is longer: names and links have limits of their own. */
const longest = 64 * 1024;

export type EventReader = (chunk: Buffer) => Generator<Event, void>;

/** Bytes of files are handed on in the parts they came in. @throws Untrue */
export function eventReader(): EventReader {
  let rest: Buffer = Buffer.alloc(0);
  let bytesLeft = 0;
  return function* (chunk) {
    let buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (buffer.length > 0) {
      if (bytesLeft > 0) {
        const part = buffer.subarray(0, bytesLeft);
        bytesLeft -= part.length;
        buffer = buffer.subarray(part.length);
        yield { do: "bytes", part };
        continue;
      }
      if (buffer.length < headerSize) break;
      const type = String.fromCharCode(buffer[0] ?? 0);
      const length = buffer.readUInt32BE(1);
      if (type === "B") {
        bytesLeft = length;
        buffer = buffer.subarray(headerSize);
        continue;
      }
      if (length > longest) throw new Untrue(`a frame of ${length} bytes`);
      if (buffer.length < headerSize + length) break;
      const payload = buffer.subarray(headerSize, headerSize + length);
      buffer = buffer.subarray(headerSize + length);
      yield eventOf(type, payload);
    }
    rest = buffer;
  };
}

function eventOf(type: string, payload: Buffer): Event {
  switch (type) {
    case "R":
      return { do: "ready" };
    case "D": {
      enough(payload, 10);
      const [mode, mtime] = [modeAt(payload), timeAt(payload)];
      return { do: "make", entry: { kind: "directory", mode, mtime, name: payload.subarray(10) } };
    }
    case "F": {
      enough(payload, 22);
      const [mode, mtime, size] = [modeAt(payload), timeAt(payload), sizeAt(payload, 10)];
      const [link, name] = [payload.readUInt32BE(18), payload.subarray(22)];
      return { do: "make", entry: { kind: "file", mode, mtime, size, link, name } };
    }
    case "L": {
      const [name, text, ...more] = fields(payload);
      if (name === undefined || text === undefined || more.length > 0) throw new Untrue("a link to nothing");
      return { do: "make", entry: { kind: "symbolic link", name, text } };
    }
    case "H": {
      enough(payload, 4);
      const [link, name] = [payload.readUInt32BE(), payload.subarray(4)];
      return { do: "make", entry: { kind: "hard link", link, name } };
    }
    case "Z": {
      enough(payload, 8);
      return { do: "hole", length: sizeAt(payload, 0) };
    }
    case "U":
      return { do: "leave" };
    case "S": {
      const [path = Buffer.alloc(0), reason] = fields(payload);
      return { do: "skip", path, reason: String(reason ?? "") };
    }
    case ".": {
      enough(payload, 16);
      return { do: "end", count: { entries: sizeAt(payload, 0), bytes: sizeAt(payload, 8) } };
    }
    case "N":
      return { do: "name", path: payload };
    case "K":
      return { do: "settled" };
    case "X": {
      const [code, path = Buffer.alloc(0), reason] = fields(payload);
      return { do: "refuse", code: String(code), path, reason: String(reason ?? "") };
    }
    default:
      throw new Untrue(`a frame of the type ${JSON.stringify(type)}`);
  }
}

function enough(payload: Buffer, length: number): void {
  if (payload.length < length) throw new Untrue("a frame that is cut off");
}

function modeAt(payload: Buffer): number {
  return payload.readUInt16BE(0);
}

/** Within what every file system can write down. */
function timeAt(payload: Buffer): number {
  return Math.min(Math.max(Number(payload.readBigInt64BE(2)), -(2 ** 31)), 2 ** 33);
}

function sizeAt(payload: Buffer, at: number): number {
  const size = Number(payload.readBigUInt64BE(at));
  if (!Number.isSafeInteger(size)) throw new Untrue("a size beyond all measure");
  return size;
}

function fields(payload: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at <= payload.length; ) {
    const end = payload.indexOf(0, at);
    found.push(payload.subarray(at, end < 0 ? undefined : end));
    at = end < 0 ? payload.length + 1 : end + 1;
  }
  return found;
}

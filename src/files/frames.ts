/**
 * The stream that carries a tree of files, both ways: frames of a type, a length and that much payload
 * (far/PROTOCOL.md). Names are bytes, and one part of a path each: what is in a directory comes between it and its end.
 */

/** What there is to be made. */
export type Entry =
  | { readonly kind: "directory"; readonly name: Buffer; readonly mode: number; readonly mtime: number }
  | {
      readonly kind: "file";
      readonly name: Buffer;
      readonly mode: number;
      readonly mtime: number;
      /** What it has at the moment. It may be sent shorter. */
      readonly size: number;
      /** Not 0 where it may come again under another name. */
      readonly link: number;
    }
  | { readonly kind: "symbolic link"; readonly name: Buffer; readonly text: Buffer }
  | { readonly kind: "hard link"; readonly name: Buffer; readonly link: number };

/** Mode of what comes from a pipe and has none. */
export const noMode = 0xffff;

export const headerSize = 5;

export function frame(type: string, payload: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([frameHeader(type, payload.length), payload]);
}

/** For a payload that follows by itself. */
export function frameHeader(type: string, length: number): Buffer {
  const header = Buffer.allocUnsafe(headerSize);
  header.write(type, 0, "latin1");
  header.writeUInt32BE(length, 1);
  return header;
}

export function entryFrame(entry: Entry): Buffer {
  switch (entry.kind) {
    case "directory": {
      const fixed = Buffer.allocUnsafe(10);
      fixed.writeUInt16BE(entry.mode);
      fixed.writeBigInt64BE(BigInt(entry.mtime), 2);
      return frame("D", Buffer.concat([fixed, entry.name]));
    }
    case "file": {
      const fixed = Buffer.allocUnsafe(22);
      fixed.writeUInt16BE(entry.mode);
      fixed.writeBigInt64BE(BigInt(entry.mtime), 2);
      fixed.writeBigUInt64BE(BigInt(entry.size), 10);
      fixed.writeUInt32BE(entry.link, 18);
      return frame("F", Buffer.concat([fixed, entry.name]));
    }
    case "symbolic link":
      return frame("L", Buffer.concat([entry.name, Buffer.of(0), entry.text]));
    case "hard link": {
      const fixed = Buffer.allocUnsafe(4);
      fixed.writeUInt32BE(entry.link);
      return frame("H", Buffer.concat([fixed, entry.name]));
    }
  }
}

export function holeFrame(length: number): Buffer {
  const payload = Buffer.allocUnsafe(8);
  payload.writeBigUInt64BE(BigInt(length));
  return frame("Z", payload);
}

/** What both ends must agree on at the end. */
export interface Count {
  entries: number;
  bytes: number;
}

export function endFrame({ entries, bytes }: Count): Buffer {
  const payload = Buffer.allocUnsafe(16);
  payload.writeBigUInt64BE(BigInt(entries));
  payload.writeBigUInt64BE(BigInt(bytes), 8);
  return frame(".", payload);
}

export function requestFrame(fields: readonly string[]): Buffer {
  return frame("Q", Buffer.from(fields.join("\0")));
}

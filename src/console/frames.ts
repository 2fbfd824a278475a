/**
 * Frames of the console's protocol (terminals/base/PROTOCOL.md): a type, a length, a payload. Bulk types are handed
 * on as they arrive, in as many pieces as that takes, so that nothing is copied or held back; of every other type
 * the whole payload is handed over at once.
 */

const headerBytes = 5;
const maxPayload = 1024 * 1024;

/** Output, a command's stderr, input: only their bytes count, not where a frame begins and ends. */
const bulk = new Set(["o", "x", "d"].map((type) => type.charCodeAt(0)));

export function frame(type: string, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.allocUnsafe(headerBytes + payload.length);
  bytes[0] = type.charCodeAt(0);
  bytes.writeUInt32BE(payload.length, 1);
  bytes.set(payload, headerBytes);
  return bytes;
}

/** Bytes of any length as frames of at most `most` bytes. */
export function* bulkFrames(type: string, bytes: Buffer, most = 64 * 1024): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += most) yield frame(type, bytes.subarray(at, at + most));
}

export function sizeFrame(type: string, { cols, rows }: { cols: number; rows: number }): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt16BE(cols, 0);
  payload.writeUInt16BE(rows, 2);
  return frame(type, payload);
}

export function countFrame(type: string, count: number): Buffer {
  const payload = Buffer.alloc(8);
  payload.writeBigUInt64BE(BigInt(count));
  return frame(type, payload);
}

export type FrameHandler = (type: string, payload: Buffer) => void;

/** Feed it what arrives, cut anywhere. Throws on a length no honest far end sends. */
export function frameDecoder(handle: FrameHandler): (chunk: Buffer) => void {
  const header = Buffer.alloc(headerBytes);
  let headerHas = 0;
  let missing = 0;
  let collected: Buffer[] = [];

  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (headerHas < headerBytes) {
        const taken = chunk.copy(header, headerHas, at, at + headerBytes - headerHas);
        headerHas += taken;
        at += taken;
        if (headerHas < headerBytes) return;
        missing = header.readUInt32BE(1);
        if (missing > maxPayload)
          throw new Error(`a frame of ${missing} bytes: this is not the console's protocol`);
        if (missing === 0) finish();
        continue;
      }
      const piece = chunk.subarray(at, at + missing);
      at += piece.length;
      missing -= piece.length;
      if (bulk.has(header[0] ?? 0)) handle(type(), piece);
      else collected.push(piece);
      if (missing === 0) finish();
    }
  };

  function type(): string {
    return String.fromCharCode(header[0] ?? 0);
  }

  function finish(): void {
    headerHas = 0;
    const pieces = collected;
    collected = [];
    if (bulk.has(header[0] ?? 0)) return;
    const [first] = pieces;
    handle(type(), pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces));
  }
}

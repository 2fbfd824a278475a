/**
 * The engine's way of sending two streams over one line: frames of a stream's number (1 byte, three unused), a
 * length (4 bytes) and that much of the stream. Payload is handed on as it came, uncopied and in parts.
 */

/** Takes a part of a stream; `false` asks for patience. */
export type Sink = (part: Buffer) => boolean;

const headerSize = 8;

export function frameReader(stdout: Sink, stderr: Sink): Sink {
  const header = Buffer.alloc(headerSize);
  let headerLength = 0;
  let left = 0;

  return (chunk) => {
    let goOn = true;
    for (let at = 0; at < chunk.length; ) {
      if (left > 0) {
        const part = chunk.subarray(at, at + left);
        left -= part.length;
        at += part.length;
        const sink = header[0] === 2 ? stderr : stdout;
        goOn = sink(part) && goOn;
        continue;
      }
      const taken = chunk.copy(header, headerLength, at, at + headerSize - headerLength);
      at += taken;
      headerLength += taken;
      if (headerLength < headerSize) break;
      headerLength = 0;
      left = header.readUInt32BE(4);
    }
    return goOn;
  };
}

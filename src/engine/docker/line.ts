/**
 * A connection to the engine's socket. Bytes come to whoever holds `take`, who says `false` to have the line hold
 * its breath until `resume`. Nothing is kept on the way, so that what has arrived is never lost when the line breaks.
 */

import { Socket } from "node:net";
import type { Writable } from "node:stream";
import type { LocalEndpoint } from "../endpoint.ts";

export interface Line {
  readonly output: Writable;
  /** Gets every chunk; one that returns `false` gets no more until `resume`. */
  take: (chunk: Buffer) => boolean;
  /** Told once when nothing more will come: the reason, where it was not the engine's own doing. */
  ended: (error?: Error) => void;
  resume(): void;
  destroy(): void;
}

/** The lines that live longer than one request: doors and locks. */
export type Held = Set<{ destroy(): unknown }>;

export function dial(endpoint: LocalEndpoint): Line {
  const slabs = slabSource();
  const socket = new ForgivingSocket({
    onread: {
      buffer: slabs.next,
      callback: (length, buffer) => {
        slabs.used(length);
        // Node hands over the buffer it was given, which is one of ours.
        return line.take(Buffer.from(buffer.buffer, buffer.byteOffset, length));
      },
    },
  });
  let over = false;
  const end = (error?: Error) => {
    if (over) return;
    over = true;
    line.ended(error);
  };
  const line: Line = {
    output: socket,
    take: () => true,
    ended: () => {},
    resume: () => void socket.resume(),
    destroy: () => void socket.destroy(),
  };
  // An engine that closes with input of ours unread makes a reset of it; what it had said has come through by then.
  socket.on("error", (error: NodeJS.ErrnoException) => end(error.code === "ECONNRESET" ? undefined : error));
  socket.on("end", () => end());
  socket.on("close", () => end(new Error("the line was closed")));
  if (endpoint.kind === "unix") socket.connect({ path: endpoint.path });
  else socket.connect({ host: endpoint.host, port: endpoint.port }).setNoDelay();
  return line;
}

/** A socket whose reading survives its writing: a program may end with a last word and its input unread. */
class ForgivingSocket extends Socket {
  #deaf = false;

  override _write(chunk: unknown, encoding: BufferEncoding, callback: WriteCallback): void {
    if (this.#deaf) callback();
    else super._write(chunk, encoding, this.#forgiving(callback));
  }

  override _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], callback: WriteCallback): void {
    if (this.#deaf) callback();
    else super._writev?.(chunks, this.#forgiving(callback));
  }

  #forgiving(callback: WriteCallback): WriteCallback {
    return (error) => {
      const code = (error as NodeJS.ErrnoException | null | undefined)?.code;
      this.#deaf ||= code === "EPIPE" || code === "ECONNRESET";
      callback(this.#deaf ? null : error);
    };
  }
}

type WriteCallback = (error?: Error | null) => void;

const slabSize = 256 * 1024;
const smallestRead = 64 * 1024;

/** Memory to read into, never written twice, so that chunks can be handed on without a copy. */
function slabSource() {
  let slab = Buffer.allocUnsafe(smallestRead);
  return {
    next: (): Buffer => {
      if (slab.length < smallestRead) slab = Buffer.allocUnsafe(slabSize);
      return slab;
    },
    used: (length: number): void => {
      slab = slab.subarray(length);
    },
  };
}

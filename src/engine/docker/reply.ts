/** Reads one HTTP/1.1 reply from chunks of bytes. Only what the engine's API says: a length, chunks, or a switch. */

export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface ReplyReader {
  /** The reply, once it is whole; for a switch of protocols, at its head. */
  readonly reply: Reply | undefined;
  /** Bytes after the reply: the first of the new protocol. */
  readonly rest: Buffer;
  push(chunk: Buffer): void;
  /** Nothing more comes. A body without a length ends here. */
  end(): void;
}

export function replyReader(): ReplyReader {
  let bytes: Buffer = Buffer.alloc(0);
  let head: Head | undefined;
  let reply: Reply | undefined;

  const advance = (atEnd: "more may come" | "that was all") => {
    head ??= takeHead();
    if (head === undefined || reply !== undefined) return;
    const body = bodyOf(head, bytes, atEnd);
    if (body === undefined) return;
    reply = { status: head.status, body: body.text };
    bytes = bytes.subarray(body.consumed);
  };

  const takeHead = (): Head | undefined => {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const text = bytes.toString("latin1", 0, end);
    bytes = bytes.subarray(end + 4);
    return parseHead(text);
  };

  return {
    get reply() {
      return reply;
    },
    get rest() {
      return bytes;
    },
    push(chunk) {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      advance("more may come");
    },
    end() {
      advance("that was all");
    },
  };
}

interface Head {
  readonly status: number;
  readonly length: number | "chunked" | "until the end";
}

function parseHead(text: string): Head {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1]);
  if (!status) throw new Error("this is not an HTTP reply");
  if (status === 101 || status === 204 || status === 304) return { status, length: 0 };
  if (/^transfer-encoding: *chunked/im.test(text)) return { status, length: "chunked" };
  const length = /^content-length: *(\d+)/im.exec(text)?.[1];
  return { status, length: length === undefined ? "until the end" : Number(length) };
}

interface Body {
  readonly text: string;
  readonly consumed: number;
}

function bodyOf(head: Head, bytes: Buffer, atEnd: "more may come" | "that was all"): Body | undefined {
  if (head.length === "chunked") return chunkedBody(bytes);
  const length =
    head.length === "until the end" ? (atEnd === "that was all" ? bytes.length : Infinity) : head.length;
  if (bytes.length < length) return undefined;
  return { text: bytes.toString("utf8", 0, length), consumed: length };
}

function chunkedBody(bytes: Buffer): Body | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    // No engine says that: there is no telling where the body ends.
    if (Number.isNaN(size)) return { text: Buffer.concat(parts).toString("utf8"), consumed: bytes.length };
    const start = lineEnd + 2;
    if (bytes.length < start + size + 2) return undefined;
    at = start + size + 2;
    if (size === 0) return { text: Buffer.concat(parts).toString("utf8"), consumed: at };
    parts.push(bytes.subarray(start, start + size));
  }
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { replyReader } from "../../../src/engine/docker/reply.ts";

const read = (chunks: readonly Buffer[], ended: boolean) => {
  const reader = replyReader();
  for (const chunk of chunks) reader.push(chunk);
  if (ended) reader.end();
  return reader;
};

const cases: readonly [string, string, { status: number; body: string } | undefined, string][] = [
  ["a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", { status: 200, body: "hello" }, ""],
  [
    "chunks",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
    { status: 200, body: "hello" },
    "",
  ],
  ["nothing", "HTTP/1.1 204 No Content\r\n\r\n", { status: 204, body: "" }, ""],
  [
    "a switch and what follows it",
    "HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\nraw",
    { status: 101, body: "" },
    "raw",
  ],
  [
    "letters of several bytes",
    "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nü漢!",
    { status: 200, body: "ü漢!" },
    "",
  ],
  ["a part of a head", "HTTP/1.1 200 OK\r\nContent-Le", undefined, "HTTP/1.1 200 OK\r\nContent-Le"],
  ["a part of a body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe", undefined, "he"],
];

describe("a reply with", () => {
  test.each(cases)("%s is read, however it was cut", (_, text, reply, rest) => {
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
        const reader = read(chunks, false);
        expect(reader.reply).toEqual(reply);
        expect(reader.rest.toString()).toBe(rest);
      }),
    );
  });

  test("neither length nor chunks goes to the end", () => {
    const bytes = Buffer.from("HTTP/1.0 500 No\r\n\r\nwords");
    expect(read([bytes], false).reply).toBeUndefined();
    expect(read([bytes], true).reply).toEqual({ status: 500, body: "words" });
  });

  test("no head of HTTP is refused", () => {
    expect(() => read([Buffer.from("SSH-2.0\r\n\r\n")], false)).toThrow("not an HTTP reply");
  });
});

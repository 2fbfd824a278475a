import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frameReader } from "../../../src/engine/docker/frames.ts";

function framed(stream: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

describe("frames", () => {
  const frame = fc.record({ stream: fc.constantFrom(1, 2), payload: fc.uint8Array({ maxLength: 40 }) });

  test("come apart into their streams, however they were cut", () => {
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.nat(400)), (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(({ stream, payload }) => framed(stream, payload)));
        const edges = [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const out: Buffer[] = [];
        const err: Buffer[] = [];
        const take = frameReader(
          (part) => out.push(part) > 0,
          (part) => err.push(part) > 0,
        );
        let start = 0;
        for (const edge of edges) {
          expect(take(bytes.subarray(start, edge))).toBe(true);
          start = edge;
        }
        const of = (wanted: number) =>
          Buffer.concat(frames.filter(({ stream }) => stream === wanted).map(({ payload }) => payload));
        expect(Buffer.concat(out).equals(of(1))).toBe(true);
        expect(Buffer.concat(err).equals(of(2))).toBe(true);
      }),
    );
  });

  test("ask for patience when either stream is full, and lose nothing of the chunk", () => {
    const out: string[] = [];
    const take = frameReader(
      (part) => out.push(part.toString()) > 1,
      () => true,
    );
    expect(take(Buffer.concat([framed(1, Buffer.from("a")), framed(1, Buffer.from("b"))]))).toBe(false);
    expect(out).toEqual(["a", "b"]);
  });

  test("are handed on without a copy", () => {
    const chunk = framed(1, Buffer.from("abc"));
    const take = frameReader(
      (part) => part.buffer === chunk.buffer,
      () => false,
    );
    expect(take(chunk)).toBe(true);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bulkFrames, countFrame, frame, frameDecoder, sizeFrame } from "../../../src/console/frames.ts";
import { cutInto } from "./cuts.ts";

const types = ["o", "x", "d", "R", "T", "X", "E"];
const anyFrame = fc.record({ type: fc.constantFrom(...types), payload: fc.uint8Array({ maxLength: 300 }) });

describe("frames", () => {
  it("come out as they went in, however the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(anyFrame), fc.array(fc.nat(40)), (frames, cuts) => {
        const wire = Buffer.concat(frames.map(({ type, payload }) => frame(type, payload)));
        const got = decodeAll(cutInto(wire, cuts));
        const expected = joinBulk(frames.map(({ type, payload }) => [type, Buffer.from(payload)]));
        expect(joinBulk(got)).toEqual(expected);
      }),
    );
  });

  it("hand bulk on at once, without waiting for the rest", () => {
    const got = decodeAll([frame("o", Buffer.from("hello")).subarray(0, 8)]);
    expect(got).toEqual([["o", Buffer.from("hel")]]);
  });

  it("do not copy what arrives in one piece", () => {
    const wire = frame("o", Buffer.alloc(100));
    const [[, payload] = ["", Buffer.alloc(0)]] = decodeAll([wire]);
    expect(payload.buffer).toBe(wire.buffer);
  });

  it("refuse a length that nobody sends", () => {
    expect(() => decodeAll([Buffer.from("HTTP/1.1 400 Bad Request")])).toThrow("not the console's protocol");
  });

  it.each([
    ["a size", sizeFrame("r", { cols: 300, rows: 24 }), "7200000004012c0018"],
    ["a count", countFrame("a", 2 ** 33), "61000000080000000200000000"],
    ["nothing", frame("b"), "6200000000"],
  ])("carry %s in the bytes the protocol names", (_what, bytes, hex) => {
    expect(bytes.toString("hex")).toBe(hex);
  });

  it("cut bulk into frames that are not too long", () => {
    const frames = [...bulkFrames("d", Buffer.alloc(2500), 1000)];
    expect(frames.map((one) => one.readUInt32BE(1))).toEqual([1000, 1000, 500]);
  });
});

function decodeAll(chunks: readonly Buffer[]): [string, Buffer][] {
  const got: [string, Buffer][] = [];
  const decode = frameDecoder((type, payload) => void got.push([type, payload]));
  for (const chunk of chunks) decode(chunk);
  return got;
}

/** Neighbouring pieces of bulk are one: only their bytes count. */
function joinBulk(frames: readonly [string, Buffer][]): [string, string][] {
  const joined: [string, string][] = [];
  for (const [type, payload] of frames) {
    const last = joined.at(-1);
    const bulk = "oxd".includes(type);
    if (bulk && payload.length === 0) continue;
    if (bulk && last?.[0] === type) last[1] += payload.toString("hex");
    else joined.push([type, payload.toString("hex")]);
  }
  return joined;
}

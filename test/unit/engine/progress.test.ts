import { describe, expect, test } from "vitest";
import { jsonLines } from "../../../src/engine/docker/jsonlines.ts";
import { progressReader } from "../../../src/engine/docker/progress.ts";

async function all(chunks: readonly Buffer[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const value of jsonLines(chunksOf(chunks))) found.push(value);
  return found;
}

async function* chunksOf(chunks: readonly Buffer[]) {
  yield* chunks;
}

describe("lines of JSON", () => {
  test("are read from single bytes, letters of several bytes whole", async () => {
    const bytes = Buffer.from('{"a":"ü漢👍"}\r\n{"b":1}\n{"c":2}');
    const single = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(await all(single)).toEqual([{ a: "ü漢👍" }, { b: 1 }, { c: 2 }]);
  });

  test("that are none are passed over", async () => {
    expect(await all([Buffer.from('{"a":1}\nnonsense\n\n{"b":2}\n{"c":')])).toEqual([{ a: 1 }, { b: 2 }]);
  });
});

describe("a build's messages", () => {
  const told = (...messages: readonly unknown[]) => {
    const reader = progressReader("start");
    return { reader, progress: messages.flatMap((message) => [...reader.read(message)]) };
  };

  test("become steps and their lines, without the builder's own notes", () => {
    const { progress } = told(
      { stream: "Step 1/2 : FROM x" },
      { stream: "\n" },
      { stream: " ---> 0123\n" },
      { stream: "Step 2/2 : RUN y\n" },
      { stream: " ---> Running in 4567\n" },
      { stream: "one\ntw" },
      { stream: "o\n" },
      { stream: "Removing intermediate container 4567\n" },
      { aux: { ID: "sha256:89" } },
      { stream: "Successfully built 89\n" },
    );
    expect(progress).toEqual([
      { step: "Step 1/2 : FROM x" },
      { step: "Step 2/2 : RUN y" },
      { step: "Step 2/2 : RUN y", line: "one" },
      { step: "Step 2/2 : RUN y", line: "two" },
    ]);
  });

  test("are shown as a terminal would leave them, and cannot command it", () => {
    const { progress } = told({ stream: "10%\r50%\r100%\r\n\x1b[31mred\x1b[0m\n" });
    expect(progress.map(({ line }) => line)).toEqual(["100%", "red"]);
  });

  test("of layers tell how far they are", () => {
    const { progress } = told({ status: "Downloading", id: "ab", progressDetail: { current: 1, total: 4 } });
    expect(progress).toEqual([{ step: "start", line: "ab: Downloading", current: 1, total: 4 }]);
  });

  test("leave the last lines of the step it is at, an unfinished one included", () => {
    const { reader } = told(
      { stream: "Step 1/2 : RUN a\nold\n" },
      { stream: "Step 2/2 : RUN b\n" },
      { stream: Array.from({ length: 50 }, (_, n) => `line ${n}\n`).join("") },
      { stream: "and" },
    );
    expect(reader.step).toBe("Step 2/2 : RUN b");
    expect(reader.lastLines.slice(-2)).toEqual(["line 49", "and"]);
    expect(reader.lastLines.length).toBeLessThan(30);
    expect(reader.lastLines).not.toContain("old");
  });
});

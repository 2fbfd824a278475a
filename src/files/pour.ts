/** `get PATH… -`: to standard output; one file as its bytes, anything else as a tar archive. */

import type { Writable } from "node:stream";
import type { Door } from "../engine/engine.ts";
import { fail } from "../pet/errors.ts";
import { faultOf } from "../system/fault.ts";
import { type Event, Untrue } from "./events.ts";
import { listen, sendProgram } from "./far-end.ts";
import type { Count } from "./frames.ts";
import { tarWriter } from "./tar.ts";
import type { Skip } from "./walk.ts";
import type { GetWords } from "./words.ts";

type Sink = (event: Event) => Promise<void>;

type Output = Writable & { readonly isTTY?: boolean };

/** @throws TAR_ON_TERMINAL, OUTPUT_UNWRITABLE */
export async function pourThrough(
  door: Door,
  asked: GetWords,
  output: Output,
  count: Count,
  skip: Skip,
): Promise<"all of it" | "nobody reads"> {
  const outlet = outletTo(output);
  try {
    await pour(door, asked, outlet.write, output, count, skip);
    return "all of it";
  } catch (error) {
    const cause = outlet.broken();
    if (cause === undefined) throw error;
    if (faultOf(cause).code === "EPIPE") return "nobody reads";
    throw fail("OUTPUT_UNWRITABLE", { reason: faultOf(cause).text }, { cause });
  }
}

async function pour(
  door: Door,
  { paths, names }: GetWords,
  put: (bytes: Buffer) => Promise<void>,
  output: Output,
  count: Count,
  skip: Skip,
): Promise<void> {
  let sink: Sink | undefined;
  sendProgram(door, "get", ["follow", ...paths]);
  await listen(door, async (event) => {
    if (event.do === "skip") {
      skip(event.path, event.reason);
      // One of several that is left out first is counted, so that the next is not called by its name.
      if (paths.length > 1) sink ??= archive();
    }
    if (event.do === "make") {
      count.entries++;
      sink ??= paths.length === 1 && event.entry.kind === "file" ? plainSink(put) : archive();
    }
    if (event.do === "bytes") count.bytes += event.part.length;
    if (event.do === "hole") count.bytes += event.length;
    await sink?.(event);
    if (event.do !== "end") return "go on";
    const { entries, bytes } = event.count;
    if (entries !== count.entries || bytes !== count.bytes) throw new Untrue("an end before the end");
    return "done";
  });

  function archive(): Sink {
    if (output.isTTY) throw fail("TAR_ON_TERMINAL");
    return tarWriter(names, put);
  }
}

const zeros = Buffer.alloc(64 * 1024);

function plainSink(put: (bytes: Buffer) => Promise<void>): Sink {
  let seen = 0;
  return async (event) => {
    if (event.do === "make" && ++seen > 1) throw new Untrue("a thing that was not asked for");
    if (event.do === "bytes") await put(event.part);
    if (event.do !== "hole") return;
    for (let left = event.length; left > 0; left -= zeros.length) await put(zeros.subarray(0, left));
  };
}

function outletTo(output: Writable) {
  let broken: Error | undefined;
  // For good: an error that comes late has nobody else to listen.
  output.on("error", (error) => {
    broken ??= error;
  });
  return {
    broken: () => broken,
    async write(bytes: Buffer): Promise<void> {
      if (!output.write(bytes)) {
        const { promise, resolve } = Promise.withResolvers<void>();
        output.once("drain", resolve).once("close", resolve);
        await promise;
        output.off("drain", resolve).off("close", resolve);
      }
      if (broken) throw broken;
    },
  };
}

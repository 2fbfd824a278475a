/** The near end of `put`: the far end is ready, everything is sent, and it says that all has its final name. */

import { lstatSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Door } from "../engine/engine.ts";
import { fail } from "../pet/errors.ts";
import { faultOf } from "../system/fault.ts";
import { Untrue } from "./events.ts";
import { listen, sendProgram } from "./far-end.ts";
import { type Count, endFrame, entryFrame, noMode } from "./frames.ts";
import { createOutlet, type Outlet } from "./outlet.ts";
import { type Skip, sendTree } from "./walk.ts";
import type { PutWords } from "./words.ts";

/** What they come to, where that is quickly known. @throws FILE_UNREADABLE for what is not there */
export function totalOf({ sources }: PutWords): number | undefined {
  if (sources === "standard input") return undefined;
  const sizes = sources.map(({ path }) => {
    try {
      const stats = lstatSync(path);
      return stats.isFile() ? stats.size : undefined;
    } catch (cause) {
      throw fail("FILE_UNREADABLE", { file: path, reason: faultOf(cause).text }, { cause });
    }
  });
  return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}

export async function putThrough(
  door: Door,
  { sources, destination, manner }: PutWords,
  stdin: () => Readable,
  count: Count,
  skip: Skip,
): Promise<void> {
  const begin = Promise.withResolvers<void>();
  sendProgram(door, "put", [destination, manner]);
  const settled = listen(door, (event) => {
    if (event.do === "settled") return "done";
    if (event.do !== "ready") throw new Untrue(`a word out of place: ${event.do}`);
    begin.resolve();
    return "go on";
  });
  const lost = settled.then(() => {
    throw fail("STREAM_UNTRUE", { name: door.tty.name, reason: "it says to be done before it is" });
  });
  lost.catch(() => {});
  await Promise.race([begin.promise, lost]);
  const outlet = createOutlet(door.stdin, lost);
  if (sources === "standard input") await sendPiped(stdin(), outlet, lost, count);
  else await sendTree(sources, outlet, count, skip);
  await outlet.add(endFrame(count));
  await outlet.flush();
  await settled;
}

/** One file, of which nothing is known but its bytes. */
async function sendPiped(stdin: Readable, outlet: Outlet, lost: Promise<never>, count: Count): Promise<void> {
  lost.catch((error: Error) => stdin.destroy(error));
  count.entries++;
  const mtime = Math.floor(Date.now() / 1000);
  await outlet.add(
    entryFrame({ kind: "file", name: Buffer.from("-"), mode: noMode, mtime, size: 0, link: 0 }),
  );
  for await (const chunk of stdin) {
    for (let left: Buffer = chunk; left.length > 0; ) {
      const length = left.copy(await outlet.room(left.length));
      outlet.fill(length);
      count.bytes += length;
      left = left.subarray(length);
    }
  }
}

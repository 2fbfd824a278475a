/** How far a copy has come, for a terminal alone: what counts goes on counting, and is looked at now and then. */

import { setTimeout as pause } from "node:timers/promises";
import type { Progress } from "../engine/engine.ts";
import { countText } from "../files/copied.ts";
import type { Count } from "../files/frames.ts";
import type { World } from "./world.ts";

interface Course {
  readonly count: Readonly<Count>;
  /** Of bytes, where it is known. */
  readonly total?: number | undefined;
}

/** Has `work` done, with its course shown meanwhile. */
export async function withProgress<Result>(
  world: World,
  title: string,
  course: Course,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!process.stderr.isTTY) return await work();
  const over = new AbortController();
  const following = world.report.follow(title, looks(course, over.signal));
  try {
    return await work();
  } finally {
    over.abort();
    await following;
  }
}

const betweenLooks = 100;

async function* looks({ count, total }: Course, over: AbortSignal): AsyncGenerator<Progress> {
  while (!over.aborted) {
    const share = total === undefined ? {} : { current: count.bytes, total };
    yield { step: "copy", line: countText(count), ...share };
    await pause(betweenLooks, undefined, { signal: over }).catch(() => {});
  }
}

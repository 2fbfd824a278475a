/** `foo put FILE… [DEST]`: files of this machine into the pet. */

import { countText, leftOutList } from "../files/copied.ts";
import { farEndArgv } from "../files/far-end.ts";
import { putThrough, totalOf } from "../files/put.ts";
import { putWords } from "../files/words.ts";
import { sentence } from "../pet/plan.ts";
import { plannedAnyDoor, throughAnyDoor } from "./any-door.ts";
import { interruptible } from "./interruptible.ts";
import { withProgress } from "./progress.ts";
import type { Target, World } from "./world.ts";

/** @throws LEFT_OUT where some of it cannot be copied, after the rest was */
export async function put(
  world: World,
  target: Target,
  words: readonly string[],
  form: "text" | "json",
): Promise<void> {
  const asked = putWords(words);
  const total = totalOf(asked);
  const { sources, destination } = asked;
  const things = sources === "standard input" ? sources : sources.map(({ path }) => path).join(" ");
  if (world.dryRun) {
    const tty = await plannedAnyDoor(world, target, "make it");
    return world.report.answer(sentence({ do: "put", tty, things, place: destination }));
  }
  const leftOut = leftOutList();
  const { tty, count } = await throughAnyDoor(world, target, "make it", farEndArgv, async (door) => {
    const count = { entries: 0, bytes: 0 };
    const work = () => putThrough(door, asked, () => process.stdin, count, leftOut.add);
    await interruptible(door, () => withProgress(world, `putting ${things}`, { count, total }, work));
    return { tty: door.tty.name, count };
  });
  if (form === "json") {
    world.report.answer(JSON.stringify({ tty, ...count, leftOut: leftOut.list }, undefined, 2));
  } else {
    world.report.note(`put ${countText(count)} into ${tty} at ${destination}`);
  }
  leftOut.complain();
}

/** `foo get PATH… [DEST]`: files of the pet to this machine. */

import { fstatSync } from "node:fs";
import { countText, leftOutList } from "../files/copied.ts";
import { farEndArgv } from "../files/far-end.ts";
import { getThrough, placeFor } from "../files/get.ts";
import { pourThrough } from "../files/pour.ts";
import { getWords } from "../files/words.ts";
import { sentence } from "../pet/plan.ts";
import { plannedAnyDoor, throughAnyDoor } from "./any-door.ts";
import { interruptible } from "./interruptible.ts";
import { withProgress } from "./progress.ts";
import type { Target, World } from "./world.ts";

/** As a shell tells of a program that wrote to a pipe without a reader. */
const nobodyReads = 141;

/** @throws NO_PET, and LEFT_OUT where some of it cannot be copied, after the rest was */
export async function get(
  world: World,
  target: Target,
  words: readonly string[],
  form: "text" | "json",
): Promise<number> {
  const asked = getWords(words, target.address.instance);
  const { destination } = asked;
  const place = destination === "standard output" ? undefined : placeFor(asked);
  const things = asked.paths.join(" ");
  if (world.dryRun) {
    const tty = await plannedAnyDoor(world, target, "refuse");
    world.report.answer(sentence({ do: "get", tty, things, place: destination }));
    return 0;
  }
  const leftOut = leftOutList();
  const { tty, count, how } = await throughAnyDoor(world, target, "refuse", farEndArgv, async (door) => {
    const count = { entries: 0, bytes: 0 };
    const work = async () =>
      place
        ? await getThrough(door, asked, place, count, leftOut.add)
        : await pourThrough(door, asked, process.stdout, count, leftOut.add);
    // A line that is written over has no room between those that are shown there, by us or behind a pipe.
    const watched = place !== undefined || fstatSync(process.stdout.fd).isFile();
    const how = await interruptible(door, () =>
      watched ? withProgress(world, `getting ${things}`, { count }, work) : work(),
    );
    return { tty: door.tty.name, count, how };
  });
  if (how === "nobody reads") return nobodyReads;
  if (place && form === "json") {
    world.report.answer(JSON.stringify({ tty, ...count, leftOut: leftOut.list }, undefined, 2));
  } else if (place) {
    world.report.note(`got ${countText(count)} from ${tty} to ${destination}`);
  }
  leftOut.complain();
  return 0;
}

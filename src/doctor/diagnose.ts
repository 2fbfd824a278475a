/** Carries the checks out, side by side. One that hangs or fails is a finding like any other. */

import { PetError } from "../pet/errors.ts";
import { type Check, type Said, type State, say } from "./check.ts";
import { checks } from "./checks.ts";
import { letGoOf } from "./mounts.ts";
import type { Place } from "./place.ts";
import { late, within } from "./within.ts";

export interface Finding {
  readonly check: string;
  readonly state: State;
  readonly finding: string;
  readonly repair: string | null;
}

/** The findings of each check as it is done, in the checks' order. */
export async function* diagnose(place: Place, of: readonly Check[] = checks): AsyncGenerator<Finding> {
  const running = of.map((check) => findings(check, place));
  for (const each of running) yield* await each;
}

async function findings(check: Check, place: Place): Promise<readonly Finding[]> {
  const said = await judged(check, place);
  return said.map(({ state, finding, repair }) => ({
    check: check.name,
    state,
    finding,
    repair: repair ?? null,
  }));
}

async function judged(check: Check, place: Place): Promise<readonly Said[]> {
  try {
    for (const directory of check.needs?.(place) ?? [])
      if (!(await place.answers(directory)))
        return [say(anyRows.DEAD, { directory, umount: letGoOf(directory) })];
    const said = await within(check.limit, check.run(place));
    return said === late ? [say(anyRows.LATE, { seconds: check.limit })] : said;
  } catch (error) {
    if (error instanceof PetError) return [say(anyRows.FAILED, { failure: error.message, hint: error.hint })];
    place.onBug(error);
    return [say(anyRows.BUG, { failure: error instanceof Error ? error.message : String(error) })];
  }
}

/** What any check can come to. */
export const anyRows = {
  DEAD: {
    state: "broken",
    finding: "{directory} does not answer: the mount it is on has died",
    repair: "{umount}",
  },
  LATE: {
    state: "broken",
    finding: "this took longer than {seconds} s, and was given up",
    repair: "pet doctor    # on a machine with less to do",
  },
  FAILED: { state: "broken", finding: "{failure}", repair: "{hint}" },
  BUG: { state: "broken", finding: "{failure}", repair: "pet doctor --debug    # this is a bug in pet" },
} as const;

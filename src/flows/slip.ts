/**
 * What is about to be made under a name one slip from something that exists: the one thing that is asked. A pet may well
 * be called nearly like another; one that is called nearly like a word of pet's own is most likely that word.
 */

import { fail } from "../pet/errors.ts";
import { label } from "../pet/labels.ts";
import { type Address, firstTty } from "../pet/names.ts";
import { slipOf } from "../pet/nearest.ts";
import { commandWords, verbWords } from "../pet/words.ts";
import type { Census } from "./census.ts";
import type { World } from "./world.ts";

/** Of a new pet. @throws NOT_MADE, UNKNOWN_COMMAND */
export async function askAboutPet(world: World, { instance }: Address, there: Census): Promise<void> {
  const names = [...there.ttys, ...there.homes].map((one) => one.labels[label.instance] ?? "");
  if (names.includes(instance)) return;
  const other = slipOf(instance, names);
  if (other !== undefined) {
    const question = `There is no pet “${instance}”, but there is “${other}”. Make a new one?`;
    if (!(await world.ask.confirm(question, "yes"))) throw fail("NOT_MADE", { name: instance, meant: other });
    return;
  }
  const command = wordMeantBy(instance, commandWords);
  if (command !== undefined) await askAboutWord(world, instance, `pet ${command}`);
}

/** Of a new TTY. @throws UNKNOWN_COMMAND */
export async function askAboutTty(world: World, { tty }: Address): Promise<void> {
  const verb = tty === firstTty ? undefined : wordMeantBy(tty, verbWords);
  if (verb !== undefined) await askAboutWord(world, tty, `${world.call} --${verb}`);
}

async function askAboutWord(world: World, name: string, meant: string): Promise<void> {
  const question = `Nothing here is called “${name}”; did you mean: ${meant}? Make it all the same?`;
  if (!(await world.ask.confirm(question, "no"))) throw fail("UNKNOWN_COMMAND", { name, meant });
}

/** Short ones are a slip from much that is meant as it is: `htop` is no `stop`. */
function wordMeantBy(name: string, words: readonly string[]): string | undefined {
  const long = words.filter((word) => word.length > 4);
  return name.length > 4 ? slipOf(name, long) : undefined;
}

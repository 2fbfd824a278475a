/** Pets' names as words of the shell. */

import { bash } from "../alias/bash.ts";
import { findBlock } from "../alias/block.ts";
import { hiddenBy } from "../alias/start-up.ts";
import { census } from "../flows/census.ts";
import { PetError } from "../pet/errors.ts";
import { label } from "../pet/labels.ts";
import { check, type Said, say } from "./check.ts";
import { editing, pasted } from "./paste.ts";
import type { Place } from "./place.ts";
import { redefined } from "./redefined.ts";
import { readStartUp, type StartUp } from "./start-up.ts";
import { late, within } from "./within.ts";

export interface AliasFacts {
  readonly startUp: StartUp;
  /** Program that a name hides. */
  readonly hides: (name: string) => string | undefined;
  /** Pets that are known here or on the engine; undefined where nobody can tell. */
  readonly pets: ReadonlySet<string> | undefined;
}

const rows = {
  NONE: { state: "ok", finding: "none in {file}" },
  FINE: { state: "ok", finding: "{names} in {file}" },
  UNREADABLE: { state: "broken", finding: "{file} cannot be read: {reason}", repair: "ls -ld {path}" },
  DAMAGED: { state: "broken", finding: "{failure}", repair: "{edit}    # {hint}" },
  HIDES: {
    state: "warning",
    finding: "the alias {name} hides the program {program}, which is reached by: command {name}",
    repair: "pet alias --uninstall {name}    # if you want the program back",
  },
  HIDDEN: {
    state: "warning",
    finding: "the alias {name} is made something else by {file}:{line}",
    repair: "{edit}    # take that line out, or: pet alias --uninstall {name}",
  },
  GONE: {
    state: "warning",
    finding: "{name} is the alias of a pet that is not there",
    repair: "pet alias --uninstall {name}    # or make the pet: pet {name}",
  },
} as const;

export const aliases = check<AliasFacts>({
  name: "aliases",
  about:
    "the marked block of the start-up file is whole, and its names are pets, hide nothing and are not hidden",
  rows,
  limit: 45,
  needs: (place) => [place.home, place.configDirectory],
  async look(place) {
    return {
      startUp: await readStartUp(bash.startUpFile(place.home)),
      hides: (name) => hiddenBy(name, place.env.PATH),
      pets: await petsKnown(place),
    };
  },
  judge({ startUp: { file, text, fault }, hides, pets }) {
    if (fault !== undefined) return [say(rows.UNREADABLE, { file, reason: fault, path: pasted(file) })];
    try {
      const { names } = findBlock(text, bash, file);
      const wrong = names.flatMap((name): readonly Said[] => {
        const program = hides(name);
        const line = redefined(name, text, file);
        return [
          ...(program === undefined ? [] : [say(rows.HIDES, { name, program })]),
          ...(line === undefined ? [] : [say(rows.HIDDEN, { name, file, line, edit: editing(file) })]),
          ...(pets === undefined || pets.has(name) ? [] : [say(rows.GONE, { name })]),
        ];
      });
      if (wrong.length > 0) return wrong;
      return [
        names.length === 0 ? say(rows.NONE, { file }) : say(rows.FINE, { names: names.join(" "), file }),
      ];
    } catch (error) {
      if (!(error instanceof PetError)) throw error;
      return [say(rows.DAMAGED, { failure: error.message, hint: error.hint, edit: editing(file) })];
    }
  },
});

/** A pet may live on another engine than the one that is chosen: then its .env file tells of it. */
async function petsKnown(place: Place): Promise<ReadonlySet<string> | undefined> {
  const met = await place.engine();
  if (met.kind !== "answers") return undefined;
  const found = await within(15, census(met.engine));
  if (found === late) return undefined;
  const named = [...found.ttys, ...found.homes].map(({ labels }) => labels[label.instance] ?? "");
  const { files } = await place.envFiles();
  return new Set([...named, ...files.map(({ instance }) => instance)]);
}

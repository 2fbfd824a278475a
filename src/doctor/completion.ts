/** Whether the shell completes pet's words. */

import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { bash } from "../alias/bash.ts";
import { shells } from "../alias/shells.ts";
import { check, say } from "./check.ts";
import { pasted } from "./paste.ts";
import type { Place } from "./place.ts";
import { readStartUp } from "./start-up.ts";

export interface CompletionFacts {
  /** Blank where the environment does not say. */
  readonly shell: string;
  readonly startUp: { readonly file: string; readonly text: string };
  /** Copies of the script where bash-completion finds them, and whether they are of this pet. */
  readonly copies: readonly { readonly file: string; readonly current: boolean }[];
}

const rows = {
  LOADED: { state: "ok", finding: "{shell} has it from {file}" },
  OTHER_SHELL: { state: "ok", finding: "there is none for {shell} yet" },
  MISSING: {
    state: "warning",
    finding: "{shell} does not complete pet's words",
    repair: `echo 'eval "$(pet completion {shell})"' >> {file}    # then open a new shell`,
  },
  STALE: {
    state: "warning",
    finding: "{file} is of another version of pet",
    repair: "pet completion {shell} | sudo tee {path} >/dev/null",
  },
} as const;

export const completion = check<CompletionFacts>({
  name: "completion",
  about: "the start-up file, or a copy of the script, has your shell complete pet's words",
  rows,
  limit: 30,
  needs: (place) => [place.home],
  async look(place) {
    return {
      shell: basename(place.env.SHELL ?? ""),
      startUp: await readStartUp(bash.startUpFile(place.home)),
      copies: await copiesFor(place),
    };
  },
  judge({ shell, startUp: { file, text }, copies }) {
    if (!Object.hasOwn(shells, shell))
      return [say(rows.OTHER_SHELL, { shell: shell || "a shell that SHELL does not name" })];
    const stale = copies.filter(({ current }) => !current);
    if (stale.length > 0)
      return stale.map(({ file: copy }) => say(rows.STALE, { file: copy, path: pasted(copy), shell }));
    const [copy] = copies;
    if (copy !== undefined) return [say(rows.LOADED, { shell, file: copy.file })];
    if (loads.test(text)) return [say(rows.LOADED, { shell, file })];
    return [say(rows.MISSING, { shell, file: pasted(file) })];
  },
});

/** `pet alias` prints the completion along with the aliases. */
const loads = /^[^#\n]*\bpet (?:completion bash|alias (?!-))|^[^#\n]*\bpet\.bash\b/m;

async function copiesFor({ env, home, folder }: Place): Promise<CompletionFacts["copies"]> {
  const script = await readFile(join(folder, "completions", "pet.bash"), "utf8");
  const data = env.XDG_DATA_HOME || join(home, ".local", "share");
  const places = [
    join(env.BASH_COMPLETION_USER_DIR || join(data, "bash-completion"), "completions", "pet"),
    "/etc/bash_completion.d/pet",
    "/usr/share/bash-completion/completions/pet",
    "/usr/local/share/bash-completion/completions/pet",
  ];
  const found = await Promise.all(places.map((file) => copyAt(file, script)));
  return found.filter((copy) => copy !== undefined);
}

async function copyAt(file: string, script: string): Promise<CompletionFacts["copies"][number] | undefined> {
  try {
    if (!(await stat(file)).isFile()) return undefined;
    return { file, current: (await readFile(file, "utf8")) === script };
  } catch {
    return undefined;
  }
}

/** The .env files and their directory. */

import { basename, dirname, join } from "node:path";
import { strayKeys } from "../config/stray.ts";
import { check, type Said, say } from "./check.ts";
import type { EnvDirectory, EnvSeen } from "./env-files.ts";
import { editing, pasted } from "./paste.ts";
import { type Double, doubles } from "./same-pet.ts";

export interface ConfigFacts {
  readonly directory: EnvDirectory;
  readonly doubles: readonly Double[];
}

const rows = {
  NONE: { state: "ok", finding: "no .env file in {directory}" },
  FINE: { state: "ok", finding: "{count} in {directory}" },
  DIRECTORY_UNREADABLE: {
    state: "broken",
    finding: "{directory} cannot be read: {reason}",
    repair: 'sudo chown "$USER" {path} && chmod 700 {path}',
  },
  DIRECTORY_OPEN: {
    state: "warning",
    finding: "{directory} is open to others (mode {mode})",
    repair: "chmod 700 {path}",
  },
  OPEN: {
    state: "warning",
    finding: "{file} may be read by others (mode {mode}), and may hold a secret",
    repair: "chmod 600 {path}",
  },
  UNREADABLE: {
    state: "broken",
    finding: "{failure}",
    repair: 'sudo chown "$USER" {path} && chmod 600 {path}',
  },
  NO_FILE: {
    state: "broken",
    finding: "{file} is no file that could be read",
    repair: "mv {path} {away}",
  },
  BROKEN: { state: "broken", finding: "{failure}", repair: "{edit}    # {hint}" },
  STRAY_KEY: { state: "warning", finding: "{stray}", repair: "{edit}" },
  TWICE: {
    state: "warning",
    finding:
      "{file} and {other} are both of the pet {instance}: which one counts depends on how the engine is chosen",
    repair: "diff {path} {path2}    # then remove one of them",
  },
  NAMELESS: {
    state: "warning",
    finding: "{file} is read by nobody: no pet's file is called that",
    repair: "rm -i {path}",
  },
} as const;

export const config = check<ConfigFacts>({
  name: "configuration",
  about:
    "each .env file can be read, says what pet understands, is for your eyes alone, and is the only one of its pet",
  rows,
  limit: 30,
  needs: (place) => [place.configDirectory],
  async look(place) {
    const directory = await place.envFiles();
    return { directory, doubles: doubles(directory, place.env) };
  },
  judge({ directory, doubles }) {
    const { path, mode, fault, files, nameless } = directory;
    const wrong = [
      ...(fault === undefined
        ? []
        : [say(rows.DIRECTORY_UNREADABLE, { directory: path, path: pasted(path), reason: fault })]),
      ...(mode === undefined || (mode & 0o077) === 0
        ? []
        : [say(rows.DIRECTORY_OPEN, { directory: path, path: pasted(path), mode: octal(mode) })]),
      ...files.flatMap(wrongWith),
      ...doubles.map(([one, other]) =>
        say(rows.TWICE, {
          file: one.path,
          other: other.path,
          instance: one.instance,
          path: pasted(one.path),
          path2: pasted(other.path),
        }),
      ),
      ...nameless.map((file) => say(rows.NAMELESS, { file, path: pasted(file) })),
    ];
    if (wrong.length > 0) return wrong;
    const count = files.length === 1 ? "1 .env file" : `${files.length} .env files`;
    return [
      files.length === 0 ? say(rows.NONE, { directory: path }) : say(rows.FINE, { count, directory: path }),
    ];
  },
});

function wrongWith({ path: file, mode, is }: EnvSeen): readonly Said[] {
  const path = pasted(file);
  // Not a name that looks like a pet's.
  const away = join(dirname(file), `away${basename(file)}`);
  const open = (mode & 0o077) === 0 ? [] : [say(rows.OPEN, { file, path, mode: octal(mode) })];
  if (is === "no file") return [say(rows.NO_FILE, { file, path, away: pasted(away) })];
  if ("error" in is) {
    const { code, message: failure, hint } = is.error;
    return code === "FILE_UNREADABLE"
      ? [say(rows.UNREADABLE, { failure, path })]
      : [...open, say(rows.BROKEN, { failure, hint, edit: editing(file) })];
  }
  const strays = strayKeys(is.values).map((stray) => say(rows.STRAY_KEY, { stray, edit: editing(file) }));
  return [...open, ...strays];
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}

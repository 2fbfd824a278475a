/** Real bashes with pet's completion, and what they offer. */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bash } from "../../src/alias/bash.ts";
import { open, type Terminal } from "../support/pty.ts";
import { temporaryDirectory } from "../support/temporary.ts";

export const script = new URL("../../completions/pet.bash", import.meta.url).pathname;

/** A home with a few pets, some hostile names beside them, and a `pet` that tells what it was called with. */
export function homeWithPets(): string {
  const home = temporaryDirectory();
  for (const directory of [
    "bin",
    "work",
    ".cache/pet",
    ".config/pet/terminals/mine",
    ".config/pet/terminals/$(touch x)",
  ]) {
    mkdirSync(join(home, directory), { recursive: true });
  }
  for (const name of [
    ".env_default_foo",
    ".env_kube%3Aprod_far-away",
    ".env_default_$(touch PWNED)",
    ".env_default_`touch PWNED`",
    ".env_default_a;touch PWNED",
    ".env_$(touch PWNED)_fox",
    ".env_default_x\ny",
  ]) {
    writeFileSync(join(home, ".config/pet", name), "");
  }
  const cache = ["default\tfoo\t1", "default\tfoo\twork", "kube:prod\tfar-away\t1", "other\tbar\t1"];
  const hostile = [
    "default\t$(touch PWNED)\t1",
    "default\tfoo\t`touch PWNED`",
    "broken",
    "",
    "default\tfoo\t1\tmore",
  ];
  writeFileSync(join(home, ".cache/pet/instances"), `${[...cache, ...hostile].join("\n")}\nother\tlast\t1`);
  writeFileSync(join(home, "work/notes.txt"), "");
  writeFileSync(join(home, "bin/pet"), '#!/bin/sh\nprintf "<%s>" "$PET_ALIAS" "$@"; echo\n');
  chmodSync(join(home, "bin/pet"), 0o755);
  return home;
}

export interface Setting {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Run before the completion function: options of the shell, say. */
  readonly before?: string;
  readonly wordBreaks?: string;
}

const usualBreaks = " \t\n\"'><=;|&(:";

/** What the completion function offers at the end of a line, called as bash calls it. */
export function offered(
  line: string,
  { home, env = {}, before = "", wordBreaks = usualBreaks }: Setting,
): string[] {
  const program = `
    ${before}
    source "$SCRIPT"
    COMP_WORDBREAKS=$BREAKS COMP_LINE=$LINE COMP_POINT=\${#LINE} COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    case $1 in pet) _pet pet ;; *) _pet_alias "$1" ;; esac
    ((\${#COMPREPLY[@]} == 0)) || printf '%s\\n' "\${COMPREPLY[@]}"`;
  const argv = ["--norc", "--noprofile", "-c", program, "bash", ...wordsOf(line, wordBreaks)];
  const all = {
    HOME: home,
    PATH: "/usr/bin:/bin",
    LANG: "C.UTF-8",
    SCRIPT: script,
    BREAKS: wordBreaks,
    LINE: line,
    ...env,
  };
  const output = execFileSync("bash", argv, { env: all, cwd: join(home, "work"), encoding: "utf8" });
  return output.split("\n").slice(0, -1);
}

/** As readline cuts a line without quotes into words: at blanks, and at word breaks, which are words of their own. */
function wordsOf(line: string, breaks: string): string[] {
  const kept = [...breaks]
    .filter((character) => !/\s/.test(character))
    .join("")
    .replace(/[\]\\^-]/g, "\\$&");
  const pattern = new RegExp(kept === "" ? "\\S+" : `[${kept}]+|[^\\s${kept}]+`, "g");
  const words = line.match(pattern) ?? [];

  return /\s$/.test(line) ? [...words, ""] : words;
}

/** An interactive bash in a terminal, with completion and an alias for foo. */
export async function interactive(home: string, rc = ""): Promise<Terminal> {
  const path = join(home, ".bashrc");
  writeFileSync(
    path,
    `PS1='$ '\nbind 'set enable-bracketed-paste off'\n${rc}\nsource ${script}\n${bash.aliasCode(["foo"])}`,
  );
  const env = {
    HOME: home,
    PATH: `${join(home, "bin")}:/usr/bin:/bin`,
    HISTFILE: undefined,
    INPUTRC: "/dev/null",
  };
  const terminal = open("bash", ["--noprofile", "--rcfile", path, "-i"], { env, cwd: join(home, "work") });
  await terminal.waitFor("$ ");
  return terminal;
}

/** `pet alias --install` and `--uninstall`: what is to be changed in the start-up file, and the change. */

import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fail } from "../pet/errors.ts";
import type { InstanceName } from "../pet/names.ts";
import { faultOf } from "../system/fault.ts";
import { replaceFile } from "../system/replace-file.ts";
import { findBlock, withBlock } from "./block.ts";
import type { Shell } from "./shell.ts";

export interface StartUpPlan {
  readonly file: string;
  /** The aliases the file will have. */
  readonly names: readonly string[];
  /** Lines to show: those that go after `-`, those that come after `+`. Empty where nothing changes. */
  readonly change: readonly string[];
  /** The whole file to be. Bytes, as the person's may be in any encoding. */
  readonly bytes: Buffer;
}

/** @throws ALIAS_BLOCK_DAMAGED, ALIAS_NAME, FILE_UNREADABLE */
export function planStartUp(
  shell: Shell,
  home: string,
  change: { readonly install: readonly InstanceName[] } | { readonly uninstall: readonly InstanceName[] },
): StartUpPlan {
  const file = shell.startUpFile(home);
  const text = contents(file);
  const block = findBlock(text, shell, file);
  const names =
    "install" in change
      ? [...new Set([...block.names, ...change.install.map((name) => aliasName(shell, name))])]
      : block.names.filter((name) => !change.uninstall.some((each) => each === name));
  const same = names.join(" ") === block.names.join(" ");
  const planned = same ? text : withBlock(block, names, shell);
  const [was, is] = [block.text, findBlock(planned, shell, file).text].map((each) =>
    each.split("\n").slice(0, -1),
  );
  return { file, names, change: changed(was ?? [], is ?? []), bytes: Buffer.from(planned, "latin1") };
}

/** Keeps the file's mode, and a link a link. @throws FILE_UNWRITABLE */
export function carryOut({ file, bytes }: Pick<StartUpPlan, "file" | "bytes">): void {
  replaceFile(file, bytes, { mode: "keep", directoryMode: 0o755 });
}

/** @throws ALIAS_NAME for a word that the shell itself needs */
export function aliasName(shell: Shell, name: InstanceName): InstanceName {
  if (shell.ownWords.has(name)) throw fail("ALIAS_NAME", { name, shell: shell.name });
  return name;
}

/** The program that an alias of this name hides, if there is one on the PATH. */
export function hiddenBy(name: string, path: string | undefined): string | undefined {
  const candidates = (path ?? "").split(delimiter).filter((directory) => directory !== "");
  return candidates.map((directory) => join(directory, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** One character a byte, whatever the encoding: written back, every byte is as it was. */
function contents(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch (cause) {
    const { code, text } = faultOf(cause);
    if (code === "ENOENT") return "";
    throw fail("FILE_UNREADABLE", { file, reason: text }, { cause });
  }
}

function changed(was: readonly string[], is: readonly string[]): readonly string[] {
  if (was.join("\n") === is.join("\n")) return [];
  const gone = was.filter((line) => !is.includes(line)).map((line) => `- ${line}`);
  const come = is.filter((line) => !was.includes(line)).map((line) => `+ ${line}`);
  return [...gone, ...come];
}

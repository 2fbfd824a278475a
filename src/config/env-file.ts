/** A pet's .env file: read whole, written whole. */

import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { fail } from "../pet/errors.ts";
import { faultOf } from "../system/fault.ts";
import { replaceFile } from "../system/replace-file.ts";
import { scan } from "./env-scan.ts";

export interface EnvFile {
  readonly path: string;
  /** Blank where there is no file. */
  readonly text: string;
  readonly exists: boolean;
  readonly values: Values;
}

/** What a key is given, and where: `FILE:LINE`, or `--config`. */
export type Values = ReadonlyMap<string, Given>;

export interface Given {
  readonly text: string;
  readonly where: string;
}

/** @throws BROKEN_ENV naming file and line, FILE_UNREADABLE */
export function readEnvFile(path: string): EnvFile {
  const bytes = envBytes(path);
  if (bytes === undefined) return { path, text: "", exists: false, values: new Map() };
  if (!isUtf8(bytes))
    throw fail("BROKEN_ENV", { where: `${path}:${badLine(bytes)}`, reason: "this is not UTF-8 text" });
  const text = bytes.toString("utf8");
  const { entries, fault } = scan(text);
  if (fault !== undefined) throw fail("BROKEN_ENV", { where: `${path}:${fault.line}`, reason: fault.reason });
  const values = new Map(
    entries.map(({ key, value, line }) => [key, { text: value, where: `${path}:${line}` }]),
  );
  return { path, text, exists: true, values };
}

/** For the owner's eyes only: it may hold secrets. @throws FILE_UNWRITABLE */
export function writeEnvFile(path: string, text: string | Buffer): void {
  replaceFile(path, Buffer.from(text), { mode: 0o600, directoryMode: 0o700 });
}

/** The file as it is, whether or not it can be understood. @throws FILE_UNREADABLE */
export function envBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (cause) {
    const reason = faultOf(cause);
    if (reason.code === "ENOENT") return undefined;
    throw fail("FILE_UNREADABLE", { file: path, reason: reason.text }, { cause });
  }
}

function badLine(bytes: Buffer): number {
  let [line, from] = [1, 0];
  for (
    let at = bytes.indexOf(10);
    at !== -1 && isUtf8(bytes.subarray(from, at));
    at = bytes.indexOf(10, from)
  ) {
    line += 1;
    from = at + 1;
  }
  return line;
}

/** What differs between two sets of settings, key by key, fit to be shown. */

import { isFailure } from "../pet/errors.ts";
import type { Settings } from "../pet/settings.ts";
import type { Values } from "./env-file.ts";
import { packageNames } from "./list-types.ts";
import { eachRow } from "./rows.ts";
import { type Row, rows } from "./schema.ts";
import { changedSecrets } from "./seal.ts";
import { isRemembered, labelValues, publicSettings } from "./settings.ts";

export interface Difference {
  readonly key: string;
  readonly scope: Row<keyof Settings>["scope"];
  /** Never what may be a secret. */
  readonly before: string;
  readonly after: string;
}

export function differences(before: Settings, after: Settings): readonly Difference[] {
  return eachRow((row, field) => {
    const [was, is] = [row.type.format(before[field]), row.type.format(after[field])];
    if (was === is) return [];
    const shown = row.secret ? ["(kept to itself)", "(kept to itself)"] : [was, is];
    return [{ key: row.key, scope: row.scope, before: shown[0] ?? "", after: shown[1] ?? "" }];
  }).flat();
}

/** What the labels of a container say of the settings it was made from. */
export interface Remembered {
  readonly spec: string;
  readonly seal: string | undefined;
}

/** One thing that changed: in a word, and in a line that has no secret in it. */
export interface Change {
  /** `memory` */
  readonly word: string;
  /** `PET_MEMORY: 2g → 4g` */
  readonly line: string;
}

/**
 * What of the wish has changed since labels were written. A default that comes from the host is no wish: another laptop,
 * or another locale in this one's shell, changes nothing. Nor does a key that only one of two versions of pet knows.
 */
export function changesSince(
  { spec, seal }: Remembered,
  settings: Settings,
  given: Values,
): readonly Change[] {
  const secrets = seal === undefined ? [] : changedSecrets(seal, spec, given).map(secretChange);
  if (spec === publicSettings(settings)) return secrets;
  const before = readableValues(spec);
  // What cannot be read was made of settings that nobody knows: the file's are others.
  if (before === undefined) return [{ word: "settings", line: "its settings, which cannot be read" }];
  const others = eachRow((row, field) => {
    const was = before[row.key];
    if (!isRemembered(row) || was === undefined) return [];
    if (typeof row.default === "function" && !given.has(row.key)) return [];
    const is = row.type.format(settings[field]);
    return was === is ? [] : [{ word: wordOf(row.key), line: `${row.key}: ${shown(was)} → ${shown(is)}` }];
  });
  return [...others.flat(), ...secrets];
}

function secretChange(key: string): Change {
  return { word: wordOf(key), line: `${key}: (kept to itself)` };
}

function wordOf(key: string): string {
  return key.replace(/^PET_/, "").toLowerCase();
}

function shown(text: string): string {
  return text === "" ? "none" : text;
}

/** The packages that a label remembers; none where it cannot be read. */
export function rememberedPackages(spec: string | undefined): readonly string[] {
  const text = spec === undefined ? undefined : readableValues(spec)?.[rows.packages.key];
  return packageNames(text ?? "");
}

function readableValues(spec: string): ReturnType<typeof labelValues> | undefined {
  try {
    return labelValues(spec, "a label");
  } catch (error) {
    if (isFailure(error, "BROKEN_SPEC")) return undefined;
    throw error;
  }
}

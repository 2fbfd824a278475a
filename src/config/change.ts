/** `--config KEY=value…` and `--config KEY`: from words on the command line to changes of the file. */

import { fail } from "../pet/errors.ts";
import { nearest } from "../pet/nearest.ts";
import type { Settings } from "../pet/settings.ts";
import { type Changes, edited } from "./env-edit.ts";
import type { EnvFile } from "./env-file.ts";
import { eachRow, fieldOf } from "./rows.ts";
import { type Row, rows, schema } from "./schema.ts";

/** @throws UNKNOWN_KEY, BAD_VALUE */
export function changesFrom(given: readonly { readonly key: string; readonly value: string }[]): Changes {
  return new Map(given.map(({ key, value }) => [key, wanted(knownKey(key), value)]));
}

/** What the file is to say. Nothing, or `-`, clears: the default counts again, or blank where that is the other choice. */
export function wanted(field: keyof Settings, value: string): string | undefined {
  const row: Row<keyof Settings> = rows[field];
  if (value === "" || value === "-")
    return row.type.blank && typeof row.default === "function" ? "" : undefined;
  const reason = objection(field, value);
  if (reason !== undefined) {
    throw fail("BAD_VALUE", { where: "--config", key: row.key, reason, example: row.example });
  }
  return value;
}

/** What is wrong with a value of this key, if anything. */
export function objection(field: keyof Settings, value: string): string | undefined {
  const parsed = rows[field].type.parse(value);
  return "reason" in parsed ? parsed.reason : undefined;
}

/** The text the file is to have. A new one tells what it is. @throws UNWRITABLE_VALUE */
export function changedText(file: EnvFile, changes: Changes, instance: string): string {
  const start = file.exists
    ? file.text
    : `# Settings of the pet ${instance}. Every key: pet help, docs/configuration.md\n`;
  return edited(start, changes);
}

/** One setting as text, as it would stand in the file. @throws UNKNOWN_KEY */
export function printedValue(settings: Settings, key: string): string {
  const field = knownKey(key);
  return eachRow((row, each) => (each === field ? [row.type.format(settings[each])] : []))
    .flat()
    .join("");
}

function knownKey(key: string): keyof Settings {
  const field = fieldOf(key);
  if (field !== undefined) return field;
  const keys = schema.map((row) => row.key);
  const near =
    nearest(key, keys) ??
    nearest(`PET_${key}`, keys) ??
    keys.find((known) => key.length > 4 && (known.startsWith(key) || known.startsWith(`PET_${key}`)));
  throw fail("UNKNOWN_KEY", {
    key,
    near: near === undefined ? "" : `Did you mean ${near}? `,
  });
}

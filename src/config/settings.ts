/** From the words of a .env file to settings, and from settings to what an engine is to remember. */

import { fail, PetError } from "../pet/errors.ts";
import type { Settings } from "../pet/settings.ts";
import { type Given, readEnvFile, type Values } from "./env-file.ts";
import { type Host, thisHost } from "./host.ts";
import { eachRow, fieldIn, settingsOf } from "./rows.ts";
import { type Row, rows } from "./schema.ts";

export interface Wished {
  readonly settings: Settings;
  readonly from: "file" | "defaults";
  /** What the file says, key by key. */
  readonly values: Values;
}

/** What the .env file wishes for; the defaults where there is none. @throws BROKEN_ENV, BAD_VALUE, FILE_UNREADABLE */
export function readSettings(envFile: string, host: Host = thisHost()): Wished {
  const { exists, values } = readEnvFile(envFile);
  return { settings: settingsFrom(values, host), from: exists ? "file" : "defaults", values };
}

/**
 * The prefix alone. Where the file cannot be read this is the default: good enough for what only writes or removes the
 * file, and must work on a broken one; never for what touches a pet.
 */
export function prefixOrDefault(envFile: string): string {
  try {
    return wished(rows.prefix, readEnvFile(envFile).values.get(rows.prefix.key), thisHost());
  } catch (error) {
    if (error instanceof PetError) return defaultOf(rows.prefix, thisHost());
    throw error;
  }
}

/** @throws BAD_VALUE */
export function settingsFrom(values: Values, host: Host): Settings {
  return settingsOf((row) => wished(row, values.get(row.key), host));
}

/** What a key comes to: what it is given, else its default. @throws BAD_VALUE */
function wished<Field extends keyof Settings>(
  row: Row<Field>,
  given: Given | undefined,
  host: Host,
): Settings[Field] {
  if (given === undefined || (given.text === "" && !row.type.blank)) return defaultOf(row, host);
  const parsed = row.type.parse(given.text);
  if ("value" in parsed) return parsed.value;
  const { key, example } = row;
  throw fail("BAD_VALUE", { where: given.where, key, reason: parsed.reason, example });
}

export function defaultOf<Field extends keyof Settings>(row: Row<Field>, host: Host): Settings[Field] {
  const given = row.default;
  return typeof given === "function" ? given(host) : given;
}

/** Every key with its value as text. */
export function valuesFrom(settings: Settings): ReadonlyMap<string, string> {
  return new Map(eachRow((row, field) => [row.key, row.type.format(settings[field])] as const));
}

/** What all may read and what shapes the pet, as JSON for its label. The same settings give the same text. */
export function publicSettings(settings: Settings): string {
  const texts = eachRow((row, field) => ({ ...row, text: row.type.format(settings[field]) }));
  const shown = texts.filter(isRemembered);
  return JSON.stringify(Object.fromEntries(shown.map(({ key, text }) => [key, text])));
}

/**
 * The settings that a label holds; what no label holds comes from this machine. Keys that only a newer pet knows are
 * passed over. `where` names what carries the label. @throws BROKEN_SPEC
 */
export function rememberedSettings(spec: string, where: string, host: Host = thisHost()): Settings {
  const given = new Map(
    Object.entries(labelValues(spec, where)).map(([key, text]) => [key, { text, where }]),
  );
  return settingsOf((row) => {
    if (!isRemembered(row)) return defaultOf(row, host);
    const text = given.get(row.key)?.text;
    if (text === undefined || (text === "" && !row.type.blank)) return defaultOf(row, host);
    const parsed = row.type.parse(text);
    if ("reason" in parsed) throw fail("BROKEN_SPEC", { where, reason: `${row.key} ${parsed.reason}` });
    return parsed.value;
  });
}

/**
 * What a file wishes for a container that is there already. A default that comes from the host is no wish: what the
 * container remembers of it stays. @throws BROKEN_SPEC
 */
export function wishedOver(spec: string, values: Values, host: Host = thisHost()): Settings {
  const known = labelValues(spec, "a label");
  const before = rememberedSettings(spec, "a label", host);
  return settingsOf((row) => {
    const fromHost = typeof row.default === "function" && !values.has(row.key);
    if (!fromHost || !isRemembered(row) || !(row.key in known)) return wished(row, values.get(row.key), host);
    return fieldIn(before, row);
  });
}

/** No secret, and not one laptop's affair. */
export function isRemembered(row: Pick<Row<keyof Settings>, "secret" | "scope">): boolean {
  return row.secret !== true && row.scope !== "laptop";
}

/** What a label holds, key by key. @throws BROKEN_SPEC */
export function labelValues(spec: string, where: string): Readonly<Record<string, string>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(spec);
  } catch (cause) {
    throw fail("BROKEN_SPEC", { where, reason: "they are not JSON" }, { cause });
  }
  if (typeof parsed !== "object" || parsed === null)
    throw fail("BROKEN_SPEC", { where, reason: "they are no object" });
  const entries = Object.entries(parsed);
  const texts = entries.flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : []));
  if (texts.length < entries.length) throw fail("BROKEN_SPEC", { where, reason: "one of them is no text" });
  return Object.fromEntries(texts);
}

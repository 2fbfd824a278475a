/** Walks the schema with the types of its fields kept. */

import type { Settings } from "../pet/settings.ts";
import { type Row, rows } from "./schema.ts";

/** Settings made field by field. That no field is forgotten is the compiler's affair. */
export function settingsOf(
  value: <Field extends keyof Settings>(row: Row<Field>) => Settings[Field],
): Settings {
  return {
    terminal: value(rows.terminal),
    image: value(rows.image),
    prefix: value(rows.prefix),
    baseImage: value(rows.baseImage),
    user: value(rows.user),
    uid: value(rows.uid),
    gid: value(rows.gid),
    shell: value(rows.shell),
    packages: value(rows.packages),
    gitName: value(rows.gitName),
    gitEmail: value(rows.gitEmail),
    cpus: value(rows.cpus),
    memory: value(rows.memory),
    pids: value(rows.pids),
    readOnly: value(rows.readOnly),
    mounts: value(rows.mounts),
    environment: value(rows.environment),
    detachKeys: value(rows.detachKeys),
    timeZone: value(rows.timeZone),
    locale: value(rows.locale),
    httpProxy: value(rows.httpProxy),
    httpsProxy: value(rows.httpsProxy),
    noProxy: value(rows.noProxy),
    caFile: value(rows.caFile),
    scrollback: value(rows.scrollback),
    readySeconds: value(rows.readySeconds),
    labels: value(rows.labels),
  };
}

/** Something for every row, in the schema's order. */
export function eachRow<Out>(
  make: <Field extends keyof Settings>(row: Row<Field>, field: Field) => Out,
): readonly Out[] {
  return fields().map((field) => made(field, make));
}

function made<Field extends keyof Settings, Out>(
  field: Field,
  make: <Each extends keyof Settings>(row: Row<Each>, field: Each) => Out,
): Out {
  return make<Field>(rows[field], field);
}

function fields(): readonly (keyof Settings)[] {
  return Object.keys(rows).filter(isField);
}

function isField(name: string): name is keyof Settings {
  return name in rows;
}

export function fieldOf(key: string): keyof Settings | undefined {
  return fields().find((field) => rows[field].key === key);
}

export function fieldIn<Field extends keyof Settings>(settings: Settings, row: Row<Field>): Settings[Field] {
  const field = fields().find((each): each is Field => rows[each].key === row.key);
  if (field === undefined) throw new TypeError(`no field has the key ${row.key}`);
  return settings[field];
}

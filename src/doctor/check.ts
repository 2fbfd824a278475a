/**
 * A check of `pet doctor`: one place that looks, one pure function that judges what was seen, and rows for all it can
 * come to. docs/doctor.md is made from the rows.
 */

import type { Place } from "./place.ts";

export type State = "ok" | "warning" | "broken";

/** `{name}` in a text is filled from what is given to `say`. A repair's lines can be pasted. */
export interface Row {
  readonly state: State;
  readonly finding: string;
  readonly repair?: string;
}

export type Rows = Readonly<Record<string, Row>>;

export interface Said {
  readonly state: State;
  readonly finding: string;
  /** Lines to paste, or undefined where nothing is to be done. */
  readonly repair: string | undefined;
}

/** What a check is to those who carry it out and document it. */
export interface Check {
  readonly name: string;
  /** What it looks at, for the documentation. */
  readonly about: string;
  readonly rows: Rows;
  /** Given up after so many seconds. */
  readonly limit: number;
  /** Directories it looks into. One that does not answer is found out before. */
  needs?(place: Place): readonly string[];
  run(place: Place): Promise<readonly Said[]>;
}

interface Parts<Facts> extends Omit<Check, "run"> {
  look(place: Place): Facts | Promise<Facts>;
  judge(facts: Facts): readonly Said[];
}

export function check<Facts>(parts: Parts<Facts>): Check & Pick<Parts<Facts>, "judge"> {
  return { ...parts, run: async (place) => parts.judge(await parts.look(place)) };
}

/** The names in braces of a text. */
type Holes<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;
type HolesOf<Of extends Row> =
  | Holes<Of["finding"]>
  | (Of extends { repair: infer Text } ? Holes<Text> : never);

/** A row with its texts filled: nothing less than they want is accepted. */
export function say<const Of extends Row>(
  row: Of,
  ...[values]: [HolesOf<Of>] extends [never] ? [] : [Readonly<Record<HolesOf<Of>, string | number>>]
): Said {
  const fill = (text: string) => filled(text, values ?? {});
  return {
    state: row.state,
    finding: fill(row.finding),
    repair: row.repair === undefined ? undefined : fill(row.repair),
  };
}

function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

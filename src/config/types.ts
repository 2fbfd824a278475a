/** What kinds of value a key can have: each reads text, says what is wrong with it, and writes it back. */

/** Reasons complete the sentence “PET_KEY …”: “must be …”. */
export type Parsed<Value> = { readonly value: Value } | { readonly reason: string };

export interface ValueType<Value> {
  /** For the documentation: “a number”, “true or false”. */
  readonly name: string;
  /** Never given empty text, unless `blank` is set. */
  parse(text: string): Parsed<Value>;
  /** What `parse` reads back as the same value. */
  format(value: Value): string;
  /** Whether empty text is a value of its own. Where it is not, it means: the default. */
  readonly blank: boolean;
  /** The whole list, where there are few. */
  readonly choices?: readonly string[];
}

const lineBreaking = /[\u0000-\u001f\u007f\u2028\u2029]/;

/** One line of text that fits a pattern, or any. */
export function text(
  name: string,
  { pattern, must, blank }: { pattern?: RegExp; must?: string; blank?: "may be blank" } = {},
): ValueType<string> {
  return {
    name,
    blank: blank !== undefined,
    parse(given) {
      if (lineBreaking.test(given)) return { reason: "must be one line without control characters" };
      if (given !== "" && pattern && !pattern.test(given)) return { reason: `must be ${must ?? name}` };
      return { value: given };
    },
    format: (value) => value,
  };
}

/** A text that must pass a check of its own as well. */
export function checked(
  type: ValueType<string>,
  check: (text: string) => string | undefined,
): ValueType<string> {
  return {
    ...type,
    parse(given) {
      const parsed = type.parse(given);
      if ("reason" in parsed || given === "") return parsed;
      const reason = check(given);
      return reason === undefined ? parsed : { reason };
    },
  };
}

export function wholeNumber(least: number, most: number): ValueType<number> {
  const reason = `must be a whole number from ${least} to ${most}`;
  return {
    name: `a whole number from ${least} to ${most}`,
    blank: false,
    parse(given) {
      if (!/^[0-9]{1,15}$/.test(given)) return { reason };
      const value = Number(given);
      return value < least || value > most ? { reason } : { value };
    },
    format: String,
  };
}

/** CPUs, as docker's --cpus: 1.5; 0 for no limit. */
export const cpuCount: ValueType<number> = {
  name: "a number, as 2 or 1.5",
  blank: false,
  parse(given) {
    const value = Number(given);
    if (!/^[0-9]{1,4}(\.[0-9]{1,3})?$/.test(given)) return { reason: "must be a number, as 2 or 1.5" };
    return value !== 0 && value < 0.01 ? { reason: "must be at least 0.01, or 0 for no limit" } : { value };
  },
  format: String,
};

const units = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 } as const;

/** Bytes in docker's notation: 512m, 2g. */
export function bytes(least: string, most: string, zero?: "0 means no limit"): ValueType<number> {
  const name = `an amount from ${least} to ${most}, as 512m or 2g`;
  const [low, high] = [byteCount(least) ?? 0, byteCount(most) ?? Number.MAX_SAFE_INTEGER];
  return {
    name: zero ? `${name}; ${zero}` : name,
    blank: false,
    parse(given) {
      const value = byteCount(given);
      if (value === undefined) return { reason: `must be ${name}` };
      if (value === 0 && zero) return { value };
      return value < low || value > high ? { reason: `must be ${name}` } : { value };
    },
    format(value) {
      const unit = (["g", "m", "k"] as const).find((each) => value % units[each] === 0);
      return value === 0 || unit === undefined ? String(value) : `${value / units[unit]}${unit}`;
    },
  };
}

function byteCount(given: string): number | undefined {
  const [, digits, unit] = /^([0-9]{1,17}(?:\.[0-9]{1,3})?)([bkmg]?)b?$/.exec(given.toLowerCase()) ?? [];
  if (digits === undefined) return undefined;
  const size = unit === "k" || unit === "m" || unit === "g" ? units[unit] : units.b;
  const value = Math.floor(Number(digits) * size);
  return Number.isSafeInteger(value) ? value : undefined;
}

export const yesOrNo: ValueType<boolean> = {
  name: "true or false",
  blank: false,
  choices: ["true", "false"],
  parse(given) {
    if (/^(true|yes|on|1)$/i.test(given)) return { value: true };
    if (/^(false|no|off|0)$/i.test(given)) return { value: false };
    return { reason: "must be true or false" };
  },
  format: String,
};

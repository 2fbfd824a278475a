/**
 * Values that hold several: packages, mounts, `NAME=value` pairs. Parts stand apart by white space; a backslash takes
 * the character after it as it is, so that a path or a value may hold any character.
 */

import type { Mount } from "../pet/settings.ts";
import type { Parsed, ValueType } from "./types.ts";

/** Debian's rule for package names (policy 5.6.1), so nothing else can reach apt's command line. */
const packageName = /^[a-z0-9][a-z0-9+.-]+$/;

export function isPackageName(text: string): boolean {
  return packageName.test(text);
}

/** The parts of a list of packages in their order, names or not. */
export function packageNames(given: string): readonly string[] {
  return given.split(/[\s,]+/).filter((each) => each !== "");
}

export const packageList: ValueType<readonly string[]> = {
  name: "names of Debian packages, separated by spaces",
  blank: true,
  parse(given) {
    const names = packageNames(given);
    const wrong = names.find((each) => !isPackageName(each));
    if (wrong !== undefined) return { reason: `has “${wrong}”, which is no name of a Debian package` };
    return { value: [...new Set(names)].sort() };
  },
  format: (names) => names.join(" "),
};

export const mountList: ValueType<readonly Mount[]> = {
  name: "SOURCE:TARGET or SOURCE:TARGET:ro, several separated by spaces or commas",
  blank: true,
  parse(given) {
    const mounts: Mount[] = [];
    for (const part of split(given, /[\s,]/)) {
      const mount = parseMount(part);
      if ("reason" in mount) return mount;
      if (mounts.some(({ target }) => target === mount.value.target)) {
        return { reason: `has two mounts at “${mount.value.target}”` };
      }
      mounts.push(mount.value);
    }
    return { value: mounts };
  },
  format: (mounts) => mounts.map(formatMount).join(" "),
};

/** Where a mount would take away what every workspace needs. */
const notATarget =
  /^\/(|home|home\/\.pet(\/.*)?|proc(\/.*)?|sys(\/.*)?|dev(\/.*)?|tmp|run|usr|etc|bin|lib|usr\/lib\/pet(\/.*)?)$/;

function parseMount(part: string): Parsed<Mount> {
  const fields = split(part, /:/, "keep empty fields").map(unescaped);
  const [source, target, mode] = fields;
  if (source === undefined || target === undefined || fields.length > 3) {
    return { reason: `has “${part}”, which is not SOURCE:TARGET or SOURCE:TARGET:ro` };
  }
  if (mode !== undefined && mode !== "ro" && mode !== "rw") {
    return { reason: `has “${part}”: after the second “:” only ro or rw can stand` };
  }
  for (const path of [source, target]) {
    if (!path.startsWith("/")) return { reason: `has “${path}”, which is no absolute path` };
    if (path.includes("\0")) return { reason: "has a path with a NUL character" };
    if (/\/\.{1,2}(\/|$)/.test(path))
      return { reason: `has “${path}”: “.” and “..” cannot be part of a mount's path` };
  }
  const plain = tidy(target);
  if (notATarget.test(plain))
    return { reason: `has “${plain}” as a target, which every workspace needs as it is` };
  return { value: { source: tidy(source), target: plain, readOnly: mode === "ro" } };
}

function tidy(path: string): string {
  return path.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
}

function formatMount({ source, target, readOnly }: Mount): string {
  const [from, to] = [source, target].map((path) => path.replace(/[\s,:\\]/g, "\\$&"));
  return `${from}:${to}${readOnly ? ":ro" : ""}`;
}

interface PairRules {
  readonly name: string;
  readonly pattern: RegExp;
  readonly refuse: (name: string) => string | undefined;
}

/** `NAME=value` pairs. */
export function pairs({ name, pattern, refuse }: PairRules): ValueType<Readonly<Record<string, string>>> {
  return {
    name,
    blank: true,
    parse(given) {
      const found = new Map<string, string>();
      for (const part of split(given, /\s/)) {
        const at = part.indexOf("=");
        // What stands before the “=” is all that is quoted back: the rest may be a secret.
        const key = at === -1 ? part : part.slice(0, at);
        if (at === -1)
          return { reason: "has a part without “=”: write NAME=value, and “\\ ” for a space in a value" };
        if (!pattern.test(key)) return { reason: `has “${key}”, which cannot be a name there` };
        const reason = refuse(key);
        if (reason !== undefined) return { reason };
        const value = unescaped(part.slice(at + 1));
        if (value.includes("\0")) return { reason: `has a NUL character in the value of “${key}”` };
        found.set(key, value);
      }
      return { value: Object.fromEntries(found) };
    },
    format: (record) =>
      Object.entries(record)
        .map(([key, value]) => `${key}=${value.replace(/[\s\\]/g, "\\$&")}`)
        .join(" "),
  };
}

/** Parts between separators that no backslash precedes; the backslashes stay. */
function split(given: string, separator: RegExp, empty?: "keep empty fields"): string[] {
  const parts = [""];
  for (const [token] of given.matchAll(/\\[\s\S]|[\s\S]/gu)) {
    if (token.length === 1 && separator.test(token)) parts.push("");
    else parts.push((parts.pop() ?? "") + token);
  }
  return empty ? parts : parts.filter((each) => each !== "");
}

function unescaped(part: string): string {
  return part.replace(/\\([\s\S])/gu, "$1");
}

/** What `add` and `drop` make of a list of packages; pure. */

import { nearest } from "./nearest.ts";

export interface PackageWords {
  readonly do: "add" | "drop";
  readonly names: readonly string[];
}

export interface Changed {
  /** In the order they were given, so that a person's list stays theirs. */
  readonly packages: readonly string[];
  /** What is as it was asked to be already, a line each. */
  readonly already: readonly string[];
}

export function changed(packages: readonly string[], words: PackageWords): Changed {
  const names = [...new Set(words.names)];
  const there = (name: string) => packages.includes(name);
  if (words.do === "add") {
    const fresh = names.filter((name) => !there(name));
    return {
      packages: [...packages, ...fresh],
      already: names.filter(there).map((name) => `${name} is among the packages already`),
    };
  }
  return {
    packages: packages.filter((name) => !names.includes(name)),
    already: names.filter((name) => !there(name)).map((name) => absent(name, packages)),
  };
}

function absent(name: string, packages: readonly string[]): string {
  const near = nearest(name, packages);
  const all = packages.length === 0 ? "none" : packages.join(" ");
  return `${name} was not added, so there is nothing to drop; ${near === undefined ? `added: ${all}` : `did you mean ${near}?`}`;
}

export function sameNames(one: readonly string[], other: readonly string[]): boolean {
  const names = new Set(one);
  return names.size === new Set(other).size && other.every((name) => names.has(name));
}

/**
 * What the words after `put` and `get` mean. With one word the place is the home, or the directory one is in; with more
 * the last is the place. Whether it names a directory or a thing is seen there, as cp has it.
 */

import { basename, posix, resolve } from "node:path";
import { fail } from "../pet/errors.ts";
import type { InstanceName } from "../pet/names.ts";
import type { Source } from "./walk.ts";

export interface PutWords {
  readonly sources: readonly Source[] | "standard input";
  readonly destination: string;
  /** `into` a directory that has to be there, `at` a name of its own, or as is found. */
  readonly manner: "into" | "at" | "either";
}

/** @throws NAMELESS, SAME_NAME */
export function putWords(words: readonly string[]): PutWords {
  const { things, place } = split(words);
  const destination = place ?? "~";
  if (things[0] === "-" && things.length === 1) {
    if (place === undefined) throw fail("NAMELESS", { path: "-" });
    return { sources: "standard input", destination, manner: "at" };
  }
  const sources = things.map((path) => ({ path, name: named(path, basename(resolve(path))) }));
  refuseSameNames(sources.map(({ name }) => name));
  return { sources, destination, manner: place === undefined || things.length > 1 ? "into" : "either" };
}

export interface GetWords {
  readonly paths: readonly string[];
  /** What each is to be called here: what comes out is not asked. */
  readonly names: readonly string[];
  readonly destination: string | "standard output";
  readonly manner: "into" | "either";
}

/** @throws SAME_NAME */
export function getWords(words: readonly string[], instance: InstanceName): GetWords {
  const { things: paths, place } = split(words);
  const names = paths.map((path) => {
    const name = posix.basename(path);
    // The home and what is above it have the pet's name.
    return ["", ".", "..", "~"].includes(name) ? instance : name;
  });
  if (place !== "-") refuseSameNames(names);
  return {
    paths,
    names,
    destination: place === "-" ? "standard output" : (place ?? "."),
    manner: paths.length > 1 ? "into" : "either",
  };
}

function split(words: readonly string[]): {
  readonly things: readonly string[];
  readonly place: string | undefined;
} {
  return words.length < 2
    ? { things: words, place: undefined }
    : { things: words.slice(0, -1), place: words.at(-1) };
}

function named(path: string, name: string): string {
  if (name === "" || path === "") throw fail("NAMELESS", { path });
  return name;
}

function refuseSameNames(names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw fail("SAME_NAME", { name: twice });
}

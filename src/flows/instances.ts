/**
 * The names completion offers: lines `context⇥instance⇥tty` in a cache file that commands keep fresh as they go,
 * so that Tab asks no engine.
 */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { World } from "./world.ts";

interface Named {
  readonly instance: string;
  readonly tty: string;
}

export function rememberInstance(world: World, pet: Named): void {
  const known = lines(world);
  const line = lineOf(world, pet);
  if (!known.includes(line)) store(world, [...known, line]);
}

export function forgetInstance(world: World, { instance }: Pick<Named, "instance">): void {
  const known = lines(world);
  const kept = known.filter((line) => !line.startsWith(`${world.context}\t${instance}\t`));
  if (kept.length !== known.length) store(world, kept);
}

/** What a list of the whole engine showed: the truth for this context. */
export function rememberAll(world: World, pets: readonly Named[]): void {
  const known = lines(world);
  const others = known.filter((line) => !line.startsWith(`${world.context}\t`));
  const all = [...others, ...pets.map((pet) => lineOf(world, pet))];
  if (all.join("\n") !== known.join("\n")) store(world, all);
}

function lineOf(world: World, { instance, tty }: Named): string {
  return `${world.context}\t${instance}\t${tty}`;
}

function file(world: World): string {
  return join(world.cacheDirectory, "instances");
}

function lines(world: World): readonly string[] {
  if (!existsSync(file(world))) return [];
  try {
    return readFileSync(file(world), "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return [];
  }
}

/** A cache that cannot be read or written is no failure: completion then knows less. */
function store(world: World, all: readonly string[]): void {
  try {
    mkdirSync(world.cacheDirectory, { recursive: true, mode: 0o700 });
    const draft = `${file(world)}.${process.pid}`;
    writeFileSync(draft, all.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    renameSync(draft, file(world));
  } catch {
    return;
  }
}

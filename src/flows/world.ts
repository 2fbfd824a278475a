/** What every flow is given: the engine, the pet it is about, and the ways to speak to a person. */

import type { Engine, Progress } from "../engine/engine.ts";
import type { Address } from "../pet/names.ts";

export interface World {
  readonly engine: Engine;
  /** Name of the context the engine stands for; part of the .env file's name. */
  readonly context: string;
  /** The engine may run on another machine: paths of this one mean nothing to it. */
  readonly remote: boolean;
  /** Directory of the .env files and of a person's own recipes. */
  readonly configDirectory: string;
  /** Directory of what can be made again. */
  readonly cacheDirectory: string;
  readonly report: Report;
  readonly ask: Ask;
  /** Somebody sits at a terminal and may be asked. */
  readonly mayAsk: boolean;
  /** Print the plan and carry nothing out. */
  readonly dryRun: boolean;
  /** What to type to come here again: `pet foo`, or the alias `foo`. */
  readonly call: string;
  /** The pet whose turn this is part of (flows/turn.ts), or undefined. */
  readonly turn?: string | undefined;
}

export interface Report {
  /** What was asked for: a line on standard output. */
  answer(line: string): void;
  /** A word on what goes on: a line on standard error. */
  note(line: string): void;
  /** Shows long work while it lasts. */
  follow(title: string, events: AsyncIterable<Progress>): Promise<void>;
  /** Says on a terminal that something takes its time, while it does. */
  wait<Result>(title: string, work: Promise<Result>): Promise<Result>;
}

export interface Ask {
  /** A yes or no with a default; the default where nobody can be asked. */
  confirm(question: string, otherwise: "yes" | "no"): Promise<boolean>;
  /** Has `word` typed back. @throws NOT_CONFIRMED where nobody can be asked */
  typedBack(question: string, word: string): Promise<boolean>;
}

/** The pet and TTY a flow is about. The prefix is the wish of its .env file, or the default. */
export interface Target {
  readonly address: Address;
  /** Path of the .env file, there or not. */
  readonly envFile: string;
}

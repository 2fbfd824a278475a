/**
 * The grammar: `pet INSTANCE [TTY] [--verb…] [-- COMMAND…]` and `pet COMMAND …`, read into one invocation. A command on
 * a pet stands before its name or after it.
 *
 * - The words are cut at the first `--`; what follows is the command to run inside.
 * - Verbs and flags stand anywhere before it; `-verb` is `--verb`; a value is never optional.
 * - An upper-case word, `KEY` or `KEY=value`, is a configuration key wherever it stands, but for what a command on a pet
 *   is given: those words are taken as they are, and after `--` even where they begin with a dash.
 */

import { fail } from "../pet/errors.ts";
import { firstTty, type InstanceName, instanceName, type TtyName, ttyName } from "../pet/names.ts";
import { nearest } from "../pet/nearest.ts";
import {
  type CommandName,
  commands,
  type FlagName,
  type Option,
  options,
  type PetCommand,
  type PetCommandName,
  petCommands,
  petUsage,
  type ValueName,
  type VerbName,
  verbs,
} from "./tables.ts";

export interface KeyWord {
  readonly key: string;
  /** Undefined asks for the value, empty clears it. */
  readonly value: string | undefined;
}

export interface Given {
  readonly flags: ReadonlySet<FlagName>;
  readonly values: Readonly<Partial<Record<ValueName, string>>>;
}

export type Invocation = Overview | PetInvocation | PetCommandInvocation | CommandInvocation;

export interface Overview {
  readonly kind: "overview";
  readonly given: Given;
}

export interface PetInvocation {
  readonly kind: "pet";
  readonly given: Given;
  readonly instance: InstanceName;
  readonly tty: TtyName;
  readonly verbs: ReadonlySet<VerbName>;
  readonly keys: readonly KeyWord[];
  readonly command: readonly string[] | undefined;
}

export interface PetCommandInvocation {
  readonly kind: "pet-command";
  readonly given: Given;
  readonly name: PetCommandName;
  readonly instance: InstanceName;
  readonly words: readonly string[];
}

export interface CommandInvocation {
  readonly kind: "command";
  readonly given: Given;
  readonly name: CommandName;
  readonly words: readonly string[];
  /** The pet whose command it is help on. */
  readonly of?: string | undefined;
}

/** @throws a PetError with exit code 2 for whatever is no invocation */
export function parse(argv: readonly string[]): Invocation {
  const cut = argv.indexOf("--");
  const head = cut < 0 ? argv : argv.slice(0, cut);
  const command = cut < 0 ? undefined : argv.slice(cut + 1);
  const { words, keys, verbs: found, given } = sorted(head);

  if (given.flags.has("version")) return { kind: "command", given, name: "version", words: [] };
  const [first, second, ...rest] = words;
  const named = commands.find((row) => row.name === first);
  if (named !== undefined) {
    if (command !== undefined) throw fail("COMMAND_TAKES_NO_DASHES", { name: named.name });
    const topics = named.takes === "topic" ? [...keys.map(({ key }) => key), ...found] : [];
    if (topics.length === 0 && found.size > 0)
      throw fail("UNKNOWN_FLAG", { flag: `--${[...found][0]}`, near: "" });
    refuseStrangers(given, [named.name]);
    if (topics.length < keys.length)
      throw fail("TOO_MANY_WORDS", { word: keys[0]?.key ?? "", usage: `Write: ${named.usage}` });
    return { kind: "command", given, name: named.name, words: [...words.slice(1), ...topics] };
  }
  if (first === undefined) {
    if (given.flags.has("help")) return { kind: "command", given, name: "help", words: [] };
    if (found.size > 0 || command !== undefined || keys.length > 0) throw fail("NO_INSTANCE");
    return { kind: "overview", given };
  }
  const onPet = petCommandAmong(words);
  if (onPet !== undefined) return onePetCommand(onPet, words, { keys, verbs: found, given }, command);
  if (rest.length > 0) throw fail("TOO_MANY_WORDS", { word: rest[0] ?? "", usage: usageMeantBy(second) });
  refuseVerbWord(first, second, command);
  const instance = instanceName(first);
  const tty = second === undefined ? firstTty : ttyName(second);
  if (command?.length === 0) throw fail("EMPTY_COMMAND");
  if (keys.length > 0) found.add("config");
  refuseClashes(found, command);
  refuseStrangers(given, command === undefined ? [...found] : [...found, "--"]);
  return { kind: "pet", given, instance, tty, verbs: found, keys, command };
}

/** The command on a pet that these words name, before the pet or after it. */
function petCommandAmong([first, second]: readonly string[]): PetCommand | undefined {
  if (commands.some((row) => row.name === first)) return undefined;
  return petCommands.find((row) => row.name === first) ?? petCommands.find((row) => row.name === second);
}

function onePetCommand(
  row: PetCommand,
  [first = "", second, ...rest]: readonly string[],
  { keys, verbs: found, given }: Omit<Sorted, "words">,
  afterDashes: readonly string[] | undefined,
): PetCommandInvocation | CommandInvocation {
  const { name } = row;
  const [verb] = found;
  if (verb !== undefined) throw fail("VERBS_CLASH", { verb: `--${verb}`, other: name });
  const instance = first === name ? second : first;
  if (given.flags.has("help")) return { kind: "command", given, name: "help", words: [name], of: instance };
  if (instance === undefined) throw fail("NO_INSTANCE");
  const pet = instanceName(instance);
  const usage = petUsage(row, `pet ${pet}`);
  if (keys[0] !== undefined) throw fail("TOO_MANY_WORDS", { word: keys[0].key, usage: `Write: ${usage}` });
  if (afterDashes !== undefined && row.takes === "nothing") throw fail("COMMAND_TAKES_NO_DASHES", { name });
  refuseStrangers(given, [name]);
  const words = [...rest, ...(afterDashes ?? [])];
  if (words.length < row.least) throw fail("WORDS_MISSING", { name, usage });
  if (words.length > row.most)
    throw fail("TOO_MANY_WORDS", { word: words[row.most] ?? "", usage: `Write: ${usage}` });
  return { kind: "pet-command", given, name, instance: pet, words };
}

/** `foo putt notes.txt`, `foo help put`: what stands where a TTY might is most likely a command, or a slip of one. */
function usageMeantBy(word: string | undefined): string {
  const named = commands.find((row) => row.name === word);
  if (named !== undefined) return `Did you mean: ${named.usage}`;
  const near = nearest(
    word ?? "",
    petCommands.map((row) => row.name),
  );
  const meant = petCommands.find((row) => row.name === near);
  return meant === undefined
    ? "pet NAME [TTY] [--verb…]; a command to run inside follows after --"
    : `Did you mean: ${petUsage(meant)}`;
}

/** `foo stop`, or `stop foo`: a verb without its dashes. */
function refuseVerbWord(
  first: string,
  second: string | undefined,
  command: readonly string[] | undefined,
): void {
  const isVerb = (word: string | undefined) => verbs.some((row) => row.name === word);
  const rest = command === undefined ? "" : ` -- ${command.join(" ")}`;
  if (isVerb(first)) {
    throw fail("WORD_IS_VERB", { word: first, meant: `pet ${second ?? "NAME"} --${first}${rest}` });
  }
  if (isVerb(second))
    throw fail("WORD_IS_VERB", { word: second ?? "", meant: `pet ${first} --${second}${rest}` });
}

interface Sorted {
  readonly words: string[];
  readonly keys: KeyWord[];
  readonly verbs: Set<VerbName>;
  readonly given: { flags: Set<FlagName>; values: Partial<Record<ValueName, string>> };
}

function sorted(head: readonly string[]): Sorted {
  const out: Sorted = { words: [], keys: [], verbs: new Set(), given: { flags: new Set(), values: {} } };
  for (let at = 0; at < head.length; at++) {
    const token = head[at] ?? "";
    const key =
      petCommandAmong(out.words) === undefined ? /^([A-Z][A-Z0-9_]*)(?:=(.*))?$/s.exec(token) : null;
    if (key !== null) {
      out.keys.push({ key: key[1] ?? "", value: key[2] });
    } else if (!token.startsWith("-") || token === "-") {
      out.words.push(token);
    } else {
      at += takeFlag(token, head[at + 1], out);
    }
  }
  return out;
}

/** Reads one `--flag`, `-f`, `-flag`, `--option=value` or `--option value`. Returns how many more words it used. */
function takeFlag(token: string, next: string | undefined, out: Sorted): 0 | 1 {
  const [, name = "", joined] = /^--?([^=]*)(?:=(.*))?$/s.exec(token) ?? [];
  const verb = verbs.find((row) => row.name === name);
  const option = options.find((row) => row.name === name || (row.short === name && !token.startsWith("--")));
  if (verb === undefined && option === undefined) throw unknownFlag(token, name);
  if (option?.value !== undefined) {
    const value = joined ?? next;
    if (value === undefined || value === "" || (joined === undefined && value.startsWith("-"))) {
      throw fail("VALUE_MISSING", { flag: `--${option.name}`, value: option.value });
    }
    out.given.values[option.name] = value;
    return joined === undefined ? 1 : 0;
  }
  if (joined !== undefined) throw fail("VALUE_UNWANTED", { flag: `--${name}` });
  if (verb !== undefined) out.verbs.add(verb.name);
  else if (option !== undefined) out.given.flags.add(option.name);
  return 0;
}

function unknownFlag(token: string, name: string) {
  const known = [...verbs, ...options].map((row) => row.name);
  if (commands.some((row) => row.name === name)) {
    return fail("UNKNOWN_FLAG", { flag: token, near: ` Did you mean: pet ${name}` });
  }
  const onPet = petCommands.find((row) => row.name === name);
  if (onPet !== undefined) {
    return fail("UNKNOWN_FLAG", { flag: token, near: ` Did you mean: ${petUsage(onPet)}` });
  }
  const near = nearest(name, known);
  return fail("UNKNOWN_FLAG", { flag: token, near: near === undefined ? "" : ` Did you mean --${near}?` });
}

/** A flag that belongs to other verbs than those given does nothing: better said than ignored. */
function refuseStrangers(given: Sorted["given"], present: readonly string[]): void {
  if (given.flags.has("help")) return;
  const stranger = options.find(
    (row: Option) =>
      row.of !== undefined &&
      row.value === undefined &&
      given.flags.has(row.name) &&
      !row.of.some((owner) => present.includes(owner)),
  );
  if (stranger === undefined) return;
  const owners = (stranger.of ?? []).map((owner) => dashed(owner)).join(", ");
  throw fail("FLAG_WITHOUT_VERB", { flag: `--${stranger.name}`, owners });
}

function dashed(owner: string): string {
  if (owner === "--") return "-- COMMAND";
  return verbs.some((row) => row.name === owner) ? `--${owner}` : `pet ${owner}`;
}

const clashes: readonly (readonly [VerbName, readonly (VerbName | "--")[]])[] = [
  ["destroy", ["config", "build", "start", "stop", "restart", "recreate", "attach", "status", "logs", "--"]],
  ["stop", ["start", "restart", "recreate", "attach", "--"]],
  ["recreate", ["start", "restart"]],
  ["clean", ["config"]],
  ["status", ["attach", "--"]],
  ["logs", ["attach", "--"]],
];

function refuseClashes(found: ReadonlySet<VerbName>, command: readonly string[] | undefined): void {
  for (const [verb, others] of clashes) {
    if (!found.has(verb)) continue;
    const other = others.find((name) => (name === "--" ? command !== undefined : found.has(name)));
    if (other === undefined) continue;
    throw fail("VERBS_CLASH", { verb: `--${verb}`, other: other === "--" ? "-- COMMAND" : `--${other}` });
  }
}

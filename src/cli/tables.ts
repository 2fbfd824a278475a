/**
 * The command's words, as data. Parsing, help, completion, docs/usage.md and the reserved names come from these rows.
 * The grammar itself is in parse.ts.
 */

import type { commandWords, petCommandWords, verbWords } from "../pet/words.ts";

export type VerbName = (typeof verbWords)[number];
export type CommandName = (typeof commandWords)[number];
export type PetCommandName = (typeof petCommandWords)[number];

export interface Verb {
  readonly name: VerbName;
  readonly help: string;
}

/** Verbs take no value and add up; they are carried out in the order of these rows. */
export const verbs: readonly Verb[] = [
  { name: "config", help: "ask for the settings and write the pet's .env file; KEY=value sets, KEY prints" },
  { name: "clean", help: "remove the .env file, and nothing else" },
  { name: "build", help: "build the image, or say that nothing changed" },
  { name: "stop", help: "stop the TTY and keep its container" },
  { name: "start", help: "start the TTY in the background" },
  { name: "restart", help: "stop the TTY and start it again" },
  { name: "recreate", help: "make the TTY's container anew, by what changed; the home is kept" },
  { name: "status", help: "show the TTYs: state, since when, image, who is attached" },
  { name: "logs", help: "show what the TTY's entry point has logged, in readable lines" },
  { name: "attach", help: "attach, and never start anything" },
  { name: "destroy", help: "remove every TTY and the home, once the name is typed back" },
];

export type FlagName =
  | "all"
  | "follow"
  | "sizes"
  | "keep-home"
  | "pull"
  | "no-cache"
  | "no-stdin"
  | "dry-run"
  | "yes"
  | "no-input"
  | "json"
  | "debug"
  | "install"
  | "uninstall"
  | "help"
  | "version";

export type ValueName = "context";

interface OptionRow {
  readonly short?: string;
  readonly help: string;
  /** The verbs or commands it belongs to; everywhere where there are none. */
  readonly of?: readonly string[];
}

export interface Flag extends OptionRow {
  readonly name: FlagName;
  readonly value?: undefined;
}

export interface ValueOption extends OptionRow {
  readonly name: ValueName;
  /** What stands for the value in help. */
  readonly value: string;
}

export type Option = Flag | ValueOption;

export const options: readonly Option[] = [
  { name: "all", help: "every TTY of the pet", of: ["start", "stop", "restart", "recreate", "logs"] },
  { name: "follow", help: "go on with what comes, until the TTY stops", of: ["logs"] },
  { name: "sizes", help: "with the sizes of homes, which takes a while", of: ["status", "ls"] },
  { name: "keep-home", help: "keep the home", of: ["destroy"] },
  { name: "pull", help: "look for a newer base image", of: ["build"] },
  { name: "no-cache", help: "build every layer anew", of: ["build"] },
  { name: "no-stdin", short: "n", help: "give the command no standard input", of: ["--"] },
  { name: "install", help: "write the aliases into the start-up file", of: ["alias"] },
  { name: "uninstall", help: "take the aliases out of the start-up file", of: ["alias"] },
  { name: "context", value: "NAME", help: "where the pet lives: a Docker context" },
  { name: "dry-run", help: "print what would be done" },
  { name: "yes", short: "y", help: "take questions for answered with yes" },
  { name: "no-input", help: "ask nothing: fail where an answer is needed" },
  { name: "json", help: "report as JSON" },
  { name: "debug", help: "show the trace of a failure" },
  { name: "help", short: "h", help: "show help" },
  { name: "version", short: "V", help: "show the version" },
];

export interface Command {
  readonly name: CommandName;
  readonly usage: string;
  readonly help: string;
  /** What may follow: completion offers it, the parser counts it. */
  readonly takes: "nothing" | "instances" | "shell" | "topic";
}

export const commands: readonly Command[] = [
  {
    name: "status",
    usage: "pet status",
    help: "all pets and their TTYs",
    takes: "nothing",
  },
  { name: "ls", usage: "pet ls", help: "the same as status", takes: "nothing" },
  {
    name: "prune",
    usage: "pet prune",
    help: "list what is unused, and remove what you confirm; never a home",
    takes: "nothing",
  },
  {
    name: "alias",
    usage: "pet alias NAME…",
    help: "print shell code that makes each NAME a command; --install writes it into your start-up file",
    takes: "instances",
  },
  {
    name: "completion",
    usage: "pet completion bash",
    help: "print the completion script for a shell",
    takes: "shell",
  },
  {
    name: "doctor",
    usage: "pet doctor",
    help: "look for what keeps pet from working, and say how to repair it",
    takes: "nothing",
  },
  { name: "help", usage: "pet help [WORD]", help: "help on a verb, a command or a key", takes: "topic" },
  { name: "version", usage: "pet version", help: "show the version", takes: "nothing" },
];

/** A command on one pet, which stands before it or after it: `pet edit foo` and `foo edit`. */
export interface PetCommand {
  readonly name: PetCommandName;
  /** What follows, as help shows it. */
  readonly words: string;
  readonly help: string;
  /** What may follow; completion offers it. What does is taken as it is: README is no key there. */
  readonly takes: "nothing" | "packages" | "added" | "files" | "paths" | "reference";
  /** How many words have to follow, and may. */
  readonly least: number;
  readonly most: number;
}

export const petCommands: readonly PetCommand[] = [
  {
    name: "edit",
    words: "",
    help: "open the pet's .env file in $VISUAL or $EDITOR, and check it before it counts",
    takes: "nothing",
    least: 0,
    most: 0,
  },
  {
    name: "add",
    words: "PKG…",
    help: "add Debian packages: the image is built, the TTYs are made anew from it, the home stays",
    takes: "packages",
    least: 1,
    most: Number.POSITIVE_INFINITY,
  },
  {
    name: "drop",
    words: "PKG…",
    help: "take packages out that were added",
    takes: "added",
    least: 1,
    most: Number.POSITIVE_INFINITY,
  },
  {
    name: "put",
    words: "FILE… [DEST]",
    help: "copy files of this machine into the home, or to DEST; - is standard input",
    takes: "files",
    least: 1,
    most: Number.POSITIVE_INFINITY,
  },
  {
    name: "get",
    words: "PATH… [DEST]",
    help: "copy files of the pet here, or to DEST; - is standard output",
    takes: "paths",
    least: 1,
    most: Number.POSITIVE_INFINITY,
  },
  {
    name: "push",
    words: "REGISTRY/PATH[:TAG]",
    help: "publish the pet's image, and print the reference that PET_IMAGE takes",
    takes: "reference",
    least: 1,
    most: 1,
  },
];

/** As it is typed: `pet NAME put FILE… [DEST]`. */
export function petUsage({ name, words }: PetCommand, call = "pet NAME"): string {
  return [call, name, ...(words === "" ? [] : [words])].join(" ");
}

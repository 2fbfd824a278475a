/** Failures of settings and the files they are in. */

import type { ErrorRow } from "./row.ts";

export const settings = {
  BAD_VALUE: {
    exit: 2,
    sentence: "{where}: {key} {reason}.",
    hint: "For example: {key}={example}   (every key: docs/configuration.md)",
  },
  BROKEN_ENV: {
    exit: 2,
    sentence: "{where}: {reason}.",
    hint: "Mend that line: KEY=value, with quotes around a value that has “#” or spaces at its ends.",
  },
  UNKNOWN_KEY: {
    exit: 2,
    sentence: "There is no setting called {key}.",
    hint: "{near}Every key: docs/configuration.md",
  },
  UNWRITABLE_VALUE: {
    exit: 2,
    sentence: "There is no way to write this value of {key} in a .env file.",
    hint: "Every kind of quote, or a character that is no text, is in it. Write it in another way.",
  },
  BROKEN_SPEC: {
    exit: 1,
    sentence: "The settings that {where} remembers cannot be read: {reason}.",
    hint: "Was it made by a newer pet? Write the settings down with --config and they count instead.",
  },
  FILE_UNREADABLE: {
    exit: 1,
    sentence: "{file} cannot be read: {reason}.",
    hint: "See whose it is: ls -ld {file}",
  },
  FILE_UNWRITABLE: {
    exit: 1,
    sentence: "{file} cannot be written: {reason}. It is as it was.",
    hint: "See whose it is: ls -ld {file}",
  },
  EDITOR_FAILED: {
    exit: 1,
    sentence: "The editor {editor} did not end well: {reason}.",
    hint: "Nothing was changed; a draft that was begun is kept: {draft}   (another editor: EDITOR=nano)",
  },
  FILE_CHANGED: {
    exit: 1,
    sentence: "Somebody changed {file} while it was edited here.",
    hint: "See what differs, and edit again: diff {file} {draft}",
  },
  BAD_PACKAGE: {
    exit: 2,
    sentence: "“{name}” cannot name a Debian package.",
    hint: "A package's name has small letters, digits, “+”, “-” and “.”, at least two in all, and neither version nor architecture.",
  },
  NOT_INTERACTIVE: {
    exit: 2,
    sentence: "There is nobody to ask for the settings.",
    hint: "Set them by name: {call} --config KEY=value",
  },
  MOUNT_ON_REMOTE: {
    exit: 2,
    sentence: "PET_MOUNTS names paths of this machine, and the engine of “{context}” runs on another.",
    hint: "Take it out: {call} --config PET_MOUNTS=",
  },
  CA_FILE_MISSING: {
    exit: 1,
    sentence: "The CA file {path} cannot be read.",
    hint: "Correct PET_CA_FILE in the pet's configuration.",
  },
  BAD_TERMINAL: {
    exit: 2,
    sentence: "“{name}” cannot name a terminal.",
    hint: "A terminal's name has small letters, digits and inner “-”, at most 40 in all.",
  },
  UNKNOWN_TERMINAL: {
    exit: 2,
    sentence: "There is no terminal “{name}”; there is: {known}.",
    hint: "Put a recipe of your own in {directory}",
  },
  BAD_RECIPE: {
    exit: 1,
    sentence: "The recipe in {directory} cannot be used: {reason}.",
    hint: "Mend it, then try again. pet help PET_TERMINAL tells where recipes are.",
  },
  BAD_DETACH_KEYS: {
    exit: 2,
    sentence: "“{keys}” names no keys that could detach.",
    hint: "Write them as docker does: ctrl-\\, or several in a row: ctrl-p,ctrl-q",
  },
} as const satisfies Record<string, ErrorRow>;

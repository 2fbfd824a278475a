/** Failures of what was typed. */

import type { ErrorRow } from "./row.ts";

export const words = {
  BAD_PREFIX: {
    exit: 2,
    sentence: "“{name}” cannot be a prefix.",
    hint: "A prefix is a small letter, then small letters and digits, at most 10 in all.",
  },
  BAD_INSTANCE: {
    exit: 2,
    sentence: "“{name}” cannot name a pet.",
    hint: "A pet's name has small letters, digits and inner “-”, at most 28 in all.",
  },
  BAD_TTY: {
    exit: 2,
    sentence: "“{name}” cannot name a TTY.",
    hint: "A TTY's name has small letters and digits, at most 13 in all.",
  },
  RESERVED_NAME: {
    exit: 2,
    sentence: "“{name}” is a word of pet's own and cannot be a name.",
    hint: "{meant}",
  },
  WORD_IS_VERB: {
    exit: 2,
    sentence: "“{word}” is a verb, and cannot be a name.",
    hint: "Did you mean: {meant}",
  },
  UNKNOWN_COMMAND: {
    exit: 2,
    sentence: "Nothing is called “{name}”, neither a command nor anything of yours.",
    hint: "Did you mean: {meant}    To make it all the same, add --yes.",
  },
  UNKNOWN_FLAG: {
    exit: 2,
    sentence: "There is no flag {flag}.{near}",
    hint: "pet --help lists them.",
  },
  UNKNOWN_WORD: {
    exit: 2,
    sentence: "There is no help on “{word}”.{near}",
    hint: "pet --help lists what there is.",
  },
  VALUE_MISSING: {
    exit: 2,
    sentence: "{flag} wants a value.",
    hint: "Write {flag} {value}.",
  },
  VALUE_UNWANTED: {
    exit: 2,
    sentence: "{flag} takes no value.",
    hint: "Write it without “=…”.",
  },
  FLAG_WITHOUT_VERB: {
    exit: 2,
    sentence: "{flag} says nothing here.",
    hint: "It goes with: {owners}",
  },
  VERBS_CLASH: {
    exit: 2,
    sentence: "{verb} and {other} do not go together.",
    hint: "Give one of them.",
  },
  NO_INSTANCE: {
    exit: 2,
    sentence: "Which pet?",
    hint: "Give its name first: pet NAME …",
  },
  TOO_MANY_WORDS: {
    exit: 2,
    sentence: "“{word}” is one word too many.",
    hint: "{usage}",
  },
  WORDS_MISSING: {
    exit: 2,
    sentence: "“{name}” wants more than that.",
    hint: "Write: {usage}",
  },
  EMPTY_COMMAND: {
    exit: 2,
    sentence: "Nothing follows “--”.",
    hint: "Write the command after it: pet NAME -- make test",
  },
  COMMAND_TAKES_NO_DASHES: {
    exit: 2,
    sentence: "pet {name} runs nothing inside a pet.",
    hint: "Leave out “--” and what follows.",
  },
  NO_ALIAS: {
    exit: 2,
    sentence: "Which pets shall have an alias?",
    hint: "pet alias NAME…, or to have it in every new shell: pet alias --install NAME…",
  },
  ALIAS_NAME: {
    exit: 2,
    sentence: "“{name}” cannot be an alias: it is a word of {shell}'s own.",
    hint: "The pet may well be called that: pet {name}",
  },
  ALIAS_BLOCK_DAMAGED: {
    exit: 1,
    sentence:
      "The block of pet's aliases in {file} is not as pet wrote it ({lines}); the file is left as it is.",
    hint: "Take the block out by hand, from “# >>> pet aliases >>>” to “# <<< pet aliases <<<”, then install again.",
  },
  UNKNOWN_SHELL: {
    exit: 2,
    sentence: "There is no completion for the shell “{shell}”.{near}",
    hint: "pet completion bash",
  },
} as const satisfies Record<string, ErrorRow>;

/** Failures of pets and their consoles. */

import type { ErrorRow } from "./row.ts";

export const pets = {
  NO_TERMINAL: {
    exit: 2,
    sentence: "A console needs a terminal, and {stream} is none.",
    hint: "To run a command and keep its output: {call} -- COMMAND",
  },
  TERMINAL_TOO_SMALL: {
    exit: 2,
    sentence: "This terminal has {cols} columns and {rows} rows: too few for a console.",
    hint: "Make it larger, then: {call}",
  },
  NO_PET: {
    exit: 1,
    sentence: "There is no pet “{name}” here.{near}",
    hint: "Make it: {call}    See what there is: pet status",
  },
  OTHER_PREFIX: {
    exit: 2,
    sentence:
      "“{name}” is here under the prefix {prefix} alone, which may be somebody else's; nothing was removed.",
    hint: "If it is yours: {call} PET_PREFIX={prefix}, then again. Without --yes its name is asked for.",
  },
  NOT_MADE: {
    exit: 1,
    sentence: "“{name}” was not made.",
    hint: "Go to the one that exists: pet {meant}",
  },
  NOT_CONFIRMED: {
    exit: 2,
    sentence: "Nothing was removed: the name “{name}” was not typed back.",
    hint: "Type it when asked, or say --yes.",
  },
  CANCELLED: {
    exit: 130,
    sentence: "Cancelled; nothing was changed.",
    hint: "Run it again whenever you like.",
  },
  INTERRUPTED: {
    exit: 130,
    sentence: "Interrupted.",
    hint: "What was begun is completed, or begun anew, by the next run.",
  },
  CONSOLE_FAILED: {
    exit: 125,
    sentence: "The console inside cannot go on: {text}.",
    hint: "A restart of the TTY gives it a fresh one: --restart",
  },
  CONSOLE_VERSION: {
    exit: 125,
    sentence: "The console inside speaks another version than this pet: {text}.",
    hint: "Build the image anew and recreate the TTY: --build --recreate",
  },
  COMMAND_NOT_FOUND: {
    exit: 127,
    sentence: "There is no such command inside: {text}.",
    hint: "Look what is there with: command -v NAME, inside.",
  },
  COMMAND_NOT_EXECUTABLE: {
    exit: 126,
    sentence: "The command cannot be run inside: {text}.",
    hint: "It wants the right to be executed (chmod +x), and an interpreter that is there.",
  },
  CONSOLE_LOST: {
    exit: 125,
    sentence: "The line to {name} was lost.",
    hint: "What ran there goes on, if its container does. Come back with: {call}",
  },
  HOME_SHARED: {
    exit: 1,
    sentence: "{name} runs as uid {uid}, but its home is another's and in use by: {others}.",
    hint: "Have all of them run as one: {call} --recreate --all",
  },
  TTY_DIED: {
    exit: 1,
    sentence: "{name} ended as soon as it was started, with status {status}.",
    hint: "Its last words are above. pet help PET_TERMINAL tells of recipes.",
  },
  NOT_RENEWED: {
    exit: 1,
    sentence: "The new {name} did not come up: {reason} The old one is as it was.",
    hint: "Mend what changed, then again: {call} --recreate",
  },
  NOT_READY: {
    exit: 1,
    sentence: "{name} was not ready within {seconds} s.",
    hint: "Give it longer by PET_READY_SECONDS=… where its home is large or the machine slow.",
  },
  SECRETS_ELSEWHERE: {
    exit: 1,
    sentence: "{name} was made with settings that may be secret, and no file here gives them.",
    hint: "Recreate it where its .env file is, or write them down here first: {call} --config PET_ENV=…",
  },
} as const satisfies Record<string, ErrorRow>;

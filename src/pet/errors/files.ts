/** Failures of bringing files in and out. */

import type { ErrorRow } from "./row.ts";

export const files = {
  NOT_INSIDE: {
    exit: 1,
    sentence: "There is no {path} in {name}.",
    hint: "A path that does not begin with / is one in the home; `~` has to be quoted here. Nothing was changed.",
  },
  NO_DIRECTORY: {
    exit: 1,
    sentence: "{path} is not a directory that is there.",
    hint: "Make it first, or give one name for one thing. Nothing was changed.",
  },
  NAME_MISSING: {
    exit: 2,
    sentence: "Standard input has no name, and {path} is a directory.",
    hint: "Give the file a name: {path}/NAME",
  },
  NAMELESS: {
    exit: 2,
    sentence: "“{path}” has no name to go by.",
    hint: "Say what it is to be called, as the last word.",
  },
  SAME_NAME: {
    exit: 2,
    sentence: "Two of these would be called {name}.",
    hint: "Bring them one after the other, each under a name of its own.",
  },
  IN_THE_WAY: {
    exit: 1,
    sentence: "{path} is {one}, and {other} is to take its place.",
    hint: "Nothing was changed. Move it away, or choose another place.",
  },
  LEFT_OUT: {
    exit: 1,
    sentence: "{count} could not be copied; everything else was.",
    hint: "Pipes, sockets and devices stay where they are; what may not be read wants chmod.",
  },
  FULL_INSIDE: {
    exit: 1,
    sentence: "There is no space left for {path} in {name}.",
    hint: "Nothing was changed. See what takes it, inside: df -h",
  },
  FAILED_INSIDE: {
    exit: 1,
    sentence: "{path} in {name}: {reason}.",
    hint: "Nothing was changed.",
  },
  STREAM_UNTRUE: {
    exit: 1,
    sentence: "What came out of {name} is no files to be trusted: {reason}.",
    hint: "Nothing was written. Something inside stands in the way of the program that pet sends.",
  },
  FAR_END_FAILED: {
    exit: 125,
    sentence: "The program that pet runs in {name} for its files ended with status {status}.",
    hint: "Nothing was changed. It wants perl-base inside, which every Debian has.",
  },
  OUTPUT_UNWRITABLE: {
    exit: 1,
    sentence: "Standard output cannot be written: {reason}.",
    hint: "What was written to it is not whole.",
  },
  TAR_ON_TERMINAL: {
    exit: 2,
    sentence: "A tar archive is nothing for a terminal.",
    hint: "Send it on: … - | tar -t    or give a directory in place of “-”.",
  },
} as const satisfies Record<string, ErrorRow>;

/** A failure as a person reads it. The one place where errors become text. */

import { PetError } from "../pet/errors.ts";
import { printable } from "./printable.ts";

export interface Rendered {
  readonly text: string;
  readonly exit: number;
}

export function rendered(error: unknown, manner: { readonly debug: boolean }): Rendered {
  const trace = manner.debug && error instanceof Error ? `\n${error.stack ?? ""}${causes(error)}` : "";
  if (error instanceof PetError) {
    const detail = error.detail === undefined ? "" : `\n${indented(error.detail)}`;
    // A name of several lines would have lines of its own, as if pet said them.
    const message = error.message.replaceAll("\n", "\\n");
    return {
      text: printable(`pet: ${message} [${error.code}]${detail}\n  ${error.hint}${trace}`),
      exit: error.exit,
    };
  }
  const said = error instanceof Error ? error.message : String(error);
  const hint = manner.debug ? "" : "\n  This is a bug in pet. Run it again with --debug for a trace.";
  return { text: printable(`pet: ${said}${hint}${trace}`), exit: 1 };
}

function causes(error: Error): string {
  return error.cause instanceof Error ? `\ncaused by: ${error.cause.stack ?? error.cause.message}` : "";
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, "  | ");
}

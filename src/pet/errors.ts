/**
 * Every failure a person can meet, as a row: the exit code, one sentence, one hint. `{name}` in a row is filled
 * from the parameters given to `fail`. docs/errors.md is made from these rows; a test holds them equal.
 */

import { engine } from "./errors/engine.ts";
import { files } from "./errors/files.ts";
import { images } from "./errors/images.ts";
import { pets } from "./errors/pets.ts";
import type { ErrorRow } from "./errors/row.ts";
import { settings } from "./errors/settings.ts";
import { words } from "./errors/words.ts";

const rows = { ...words, ...settings, ...engine, ...images, ...pets, ...files } as const;

export type ErrorCode = keyof typeof rows;
export const errorRows: Readonly<Record<ErrorCode, ErrorRow>> = rows;

/** A failure with a row in the table above. Anything else that is thrown is a bug. */
export class PetError extends Error {
  override readonly name = "PetError";
  readonly code: ErrorCode;
  readonly hint: string;
  readonly exit: number;
  /** Text that came with the failure and is shown as it is, under the sentence (a build's last lines, say). */
  readonly detail: string | undefined;

  constructor(code: ErrorCode, params: ErrorParams, options: FailOptions) {
    const row = errorRows[code];
    super(filled(row.sentence, params), { cause: options.cause });
    this.code = code;
    this.hint = filled(row.hint, params);
    this.exit = row.exit;
    this.detail = options.detail;
  }
}

type ErrorParams = Readonly<Record<string, string | number>>;

/** The names in braces of a text. */
type Holes<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Holes<Rest>
  : never;

/** What a row's texts want filled: nothing less is accepted. */
type Filling<Code extends ErrorCode> = Readonly<
  Record<Holes<(typeof rows)[Code]["sentence" | "hint"]>, string | number>
>;

interface FailOptions {
  readonly detail?: string | undefined;
  readonly cause?: unknown;
}

/** Makes the error to be thrown: `throw fail("BAD_TTY", { name })`. */
export function fail<Code extends ErrorCode>(
  code: Code,
  ...[params = {}, options = {}]: keyof Filling<Code> extends never
    ? [params?: Readonly<Record<string, never>>, options?: FailOptions]
    : [params: Filling<Code>, options?: FailOptions]
): PetError {
  return new PetError(code, params, options);
}

function filled(template: string, params: ErrorParams): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

export function isFailure(error: unknown, ...codes: readonly ErrorCode[]): error is PetError {
  return error instanceof PetError && codes.includes(error.code);
}

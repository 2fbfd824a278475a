/** Fields of the console's protocol: `name=value`, each ended by a NUL; and the hellos made of them. */

import { frame } from "./frames.ts";
import type { Size } from "./terminal.ts";

type Fields = readonly (readonly [name: string, value: string])[];

function fields(pairs: Fields): Buffer {
  for (const [name, value] of pairs) {
    if (value.includes("\0")) throw new TypeError(`the field “${name}” cannot hold a NUL byte`);
  }
  return Buffer.from(pairs.map(([name, value]) => `${name}=${value}\0`).join(""));
}

export function readFields(payload: Buffer): ReadonlyMap<string, string> {
  const pairs = payload.toString().split("\0").slice(0, -1);
  return new Map(pairs.map((pair) => [pair.split("=", 1)[0] ?? "", pair.slice(pair.indexOf("=") + 1)]));
}

export interface AttachHello {
  readonly size: Size;
  readonly who: string;
  readonly session: string;
  readonly term: string;
  readonly colorterm: string;
}

export function attachHello({ size, who, session, term, colorterm }: AttachHello): Buffer {
  return frame(
    "A",
    fields([
      ["v", "1"],
      ["credit", "1"],
      ["cols", String(size.cols)],
      ["rows", String(size.rows)],
      ["who", who],
      ["session", session],
      ["term", term],
      ["colorterm", colorterm],
    ]),
  );
}

/** What to run: a program with its arguments, or whatever the login shell reads on stdin. */
export type Command = { readonly argv: readonly string[] } | { readonly script: true };

export interface CommandHello {
  readonly command: Command;
  /** Given where the command runs on a terminal. */
  readonly terminal?: { readonly size: Size; readonly term: string; readonly colorterm: string };
  readonly env: Readonly<Record<string, string>>;
}

export function commandHello({ command, terminal, env }: CommandHello): Buffer {
  const what: Fields =
    "argv" in command ? command.argv.map((arg) => ["arg", arg] as const) : [["script", "1"]];
  const where: Fields =
    terminal === undefined
      ? []
      : [
          ["tty", "1"],
          ["cols", String(terminal.size.cols)],
          ["rows", String(terminal.size.rows)],
          ["env", `TERM=${terminal.term}`],
          ...(terminal.colorterm === "" ? [] : [["env", `COLORTERM=${terminal.colorterm}`] as const]),
        ];
  const environment: Fields = Object.entries(env).map(
    ([name, value]) => ["env", `${name}=${value}`] as const,
  );
  return frame("C", fields([["v", "1"], ["credit", "1"], ...what, ...where, ...environment]));
}

/** What this terminal can show. */

import { isatty } from "node:tty";
import type { Environment } from "../config/place.ts";
import { check, type Said, say } from "./check.ts";
import { coloursOf } from "./terminfo.ts";

export interface TerminalFacts {
  /** Undefined where standard input or output is none. */
  readonly size: { readonly columns: number; readonly rows: number } | undefined;
  readonly term: string;
  /** How many this machine's description of it tells of; undefined where there is no description. */
  readonly colours: number | undefined;
  /** The variable that decides, and what it says. */
  readonly locale: { readonly variable: string; readonly value: string };
  readonly trueColour: boolean;
  readonly colourWished: boolean;
}

const rows = {
  NONE: { state: "ok", finding: "this is no terminal, and so not looked at" },
  FINE: { state: "ok", finding: "{term}, {columns}×{rows}, {colours}, UTF-8" },
  NO_TERM: {
    state: "warning",
    finding: "TERM does not say which terminal this is",
    repair: "export TERM=xterm-256color",
  },
  DUMB: {
    state: "warning",
    finding: "TERM={term} is a terminal without a screen: no console can be shown on it",
    repair: "export TERM=xterm-256color    # if it has one after all",
  },
  UNKNOWN: {
    state: "warning",
    finding: "TERM={term} is not described on this machine, and hardly inside a pet",
    repair: "export TERM=xterm-256color",
  },
  LOCALE: {
    state: "warning",
    finding: "{variable} is “{value}”: without UTF-8, letters and lines beyond ASCII are garbled",
    repair: "export LC_ALL=C.UTF-8",
  },
  NO_COLOURS: {
    state: "warning",
    finding: "TERM={term} has no colours",
    repair: "export TERM=xterm-256color",
  },
  NO_SIZE: {
    state: "warning",
    finding: "the terminal does not tell its size",
    repair: "stty rows 24 cols 80",
  },
  SMALL: {
    state: "broken",
    finding: "{columns} columns and {rows} rows are too few for a console",
    repair: "stty size    # make the window larger, and look again",
  },
} as const;

export const terminal = check<TerminalFacts>({
  name: "terminal",
  about:
    "TERM is known, the locale is UTF-8, there are colours, and room; nothing where pet is not run in a terminal",
  rows,
  limit: 30,
  async look({ env, home }) {
    const { columns, rows } = process.stdout;
    const size = isatty(0) && isatty(1) ? { columns: columns ?? 0, rows: rows ?? 0 } : undefined;
    const term = env.TERM ?? "";
    return {
      size,
      term,
      colours: await coloursOf(term, { env, home }),
      locale: localeIn(env),
      trueColour: /^(truecolor|24bit)$/.test(env.COLORTERM ?? ""),
      colourWished: !env.NO_COLOR,
    };
  },
  judge(facts) {
    const { size, term, locale } = facts;
    if (size === undefined) return [say(rows.NONE)];
    const { columns, rows: lines } = size;
    const wrong = [
      ...wrongKind(facts),
      ...(/utf-?8/i.test(locale.value) ? [] : [say(rows.LOCALE, locale)]),
      ...wrongSize(columns, lines),
    ];
    if (wrong.length > 0) return wrong;
    return [say(rows.FINE, { term, columns, rows: lines, colours: shownColours(facts) })];
  },
});

function wrongKind({ term, colours, trueColour, colourWished }: TerminalFacts): readonly Said[] {
  if (term === "") return [say(rows.NO_TERM)];
  if (term === "dumb") return [say(rows.DUMB, { term })];
  if (colours === undefined) return [say(rows.UNKNOWN, { term })];
  return colours < 8 && !trueColour && colourWished ? [say(rows.NO_COLOURS, { term })] : [];
}

function wrongSize(columns: number, lines: number): readonly Said[] {
  if (columns === 0 || lines === 0) return [say(rows.NO_SIZE)];
  return columns < 10 || lines < 2 ? [say(rows.SMALL, { columns, rows: lines })] : [];
}

function shownColours({ colours, trueColour, colourWished }: TerminalFacts): string {
  if (!colourWished) return "no colours, as NO_COLOR wishes";
  return trueColour ? "true colour" : `${colours ?? 0} colours`;
}

/** As the C library decides. */
function localeIn(env: Environment): TerminalFacts["locale"] {
  for (const variable of ["LC_ALL", "LC_CTYPE", "LANG"]) {
    const value = env[variable];
    if (value) return { variable, value };
  }
  return { variable: "LANG", value: "" };
}

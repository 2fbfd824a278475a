/**
 * A program in a terminal of the tests': run under a real PTY, its output shown on a modelled screen, which also
 * answers the program's queries as a terminal does.
 */

import { spawn } from "@lydell/node-pty";
import { type Environment, hostEnvironment } from "./environment.ts";
import { type Key, keyBytes } from "./keys.ts";
import { openScreen, type Screen } from "./screen.ts";
import { afterwards } from "./temporary.ts";

export interface TerminalOptions {
  readonly cols?: number;
  readonly rows?: number;
  /** Laid over the environment of the tests; undefined takes a variable away. */
  readonly env?: Environment;
  readonly cwd?: string;
}

export interface Ended {
  readonly status: number;
  /** Number of the signal that ended it, 0 for none. */
  readonly signal: number;
}

export type Sought = string | RegExp | ((terminal: Terminal) => boolean);

export interface Terminal extends Omit<Screen, "feed" | "rows" | "resize" | "onAnswer"> {
  readonly pid: number;
  type(text: string): void;
  key(name: Key): void;
  /** As a terminal pastes into a program that asked for bracketed paste. */
  paste(text: string): void;
  resize(cols: number, rows: number): void;
  /** The rows in view, without trailing blanks. */
  screen(): string[];
  /** All that the program has written, as bytes. */
  output(): Buffer;
  /** What the terminal has answered to queries, in order. */
  answers(): readonly string[];
  /** Stops reading what the program writes, as a terminal that hangs; and goes on. */
  hang(): void;
  resume(): void;
  /** Resolves once the text is in view, or the condition holds; else fails with a picture of the screen. */
  waitFor(sought: Sought, timeoutMs?: number): Promise<void>;
  /** Resolves once nothing was written for this long. */
  quiet(ms?: number): Promise<void>;
  readonly exit: Promise<Ended>;
  kill(signal?: NodeJS.Signals): void;
}

/** Ended when the test that opened it is done, should it still run. */
export function open(command: string, args: readonly string[], options: TerminalOptions = {}): Terminal {
  const { cols = 80, rows = 24, cwd = process.cwd() } = options;
  const env = { ...hostEnvironment(), TERM: "xterm-256color", ...options.env };
  const pty = spawn(command, [...args], { cols, rows, cwd, env, name: env.TERM, encoding: null });
  const screen = openScreen(cols, rows);
  const written: Buffer[] = [];
  const answered: string[] = [];
  let fed = Promise.resolve();
  let lastOutput = Date.now();
  let ended: Ended | undefined;

  pty.onData((data: string | Buffer) => {
    const bytes = Buffer.from(data);
    written.push(bytes);
    lastOutput = Date.now();
    fed = fed.then(() => screen.feed(bytes));
  });
  screen.onAnswer((bytes) => {
    answered.push(bytes);
    if (!ended) pty.write(bytes);
  });
  const exit = new Promise<Ended>((resolve) => {
    pty.onExit(async ({ exitCode, signal }) => {
      ended = { status: exitCode, signal: signal ?? 0 };
      await fed;
      resolve(ended);
    });
  });

  const terminal: Terminal = {
    ...screen,
    pid: pty.pid,
    type: (text) => pty.write(text),
    key: (name) => pty.write(keyBytes(name)),
    paste: (text) => pty.write(`\x1b[200~${text}\x1b[201~`),
    resize(columns, height) {
      screen.resize(columns, height);
      pty.resize(columns, height);
    },
    screen: () => screen.rows(),
    output: () => Buffer.concat(written),
    answers: () => answered,
    hang: () => pty.pause(),
    resume: () => pty.resume(),
    async waitFor(sought, timeoutMs = 10_000) {
      const until = Date.now() + timeoutMs;
      while (true) {
        await fed;
        if (holds(sought, terminal)) return;
        if (ended) throw new Error(picture(terminal, `${describe(sought)}, but the program ended`, ended));
        if (Date.now() > until)
          throw new Error(picture(terminal, `${describe(sought)} within ${timeoutMs} ms`, ended));
        await pause(5);
      }
    },
    async quiet(ms = 150) {
      while (Date.now() - lastOutput < ms) await pause(10);
      await fed;
    },
    exit,
    kill(signal = "SIGTERM") {
      if (!ended) pty.kill(signal);
    },
  };
  afterwards(async () => {
    terminal.kill("SIGKILL");
    await exit;
  });
  return terminal;
}

function holds(sought: Sought, terminal: Terminal): boolean {
  if (typeof sought === "function") return sought(terminal);
  const text = terminal.screen().join("\n");
  return typeof sought === "string" ? text.includes(sought) : sought.test(text);
}

function describe(sought: Sought): string {
  return typeof sought === "function" ? `expected ${sought}` : `expected ${sought} on the screen`;
}

function picture(terminal: Terminal, expectation: string, ended: Ended | undefined): string {
  const rows = terminal.screen();
  const edge = `+${"-".repeat(Math.max(20, ...rows.map((row) => row.length)))}`;
  const { column, row } = terminal.cursor();
  const state = ended ? `ended with status ${ended.status}, signal ${ended.signal}` : "running";
  return [
    `${expectation}. The screen (cursor ${column},${row}; ${state}):`,
    edge,
    ...rows.map((line) => `|${line}`),
    edge,
  ].join("\n");
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

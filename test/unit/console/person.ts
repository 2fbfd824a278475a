/** A person's terminal without a person: a headless one that answers queries like a real one, and keys typed by a test. */

import { PassThrough, Writable } from "node:stream";
import headless from "@xterm/headless";
import { mendModel } from "../../../src/console/mend-model.ts";
import type { Size, Terminal } from "../../../src/console/terminal.ts";
import { unicodeProvider } from "../../../src/console/width.ts";

export type Headless = InstanceType<typeof headless.Terminal>;

export interface Person extends Terminal {
  readonly shown: Headless;
  type(text: string): void;
  resize(size: Size): void;
  /** Stopped and continued from outside. */
  continued(): void;
  readonly entered: boolean;
  /** All that was written to the terminal. */
  readonly written: () => string;
  /** Resolves once what was written has shown. */
  settled(): Promise<void>;
  /** Takes nothing more until let go. */
  hang(): void;
  letGo(): void;
}

export function freshTerminal(size: Size, scrollback = 100_000): Headless {
  const terminal = new headless.Terminal({ ...size, scrollback, allowProposedApi: true, logLevel: "off" });
  terminal.unicode.register(unicodeProvider);
  terminal.unicode.activeVersion = unicodeProvider.version;
  mendModel(terminal);
  return terminal;
}

export function person(initial: Size = { cols: 80, rows: 24 }): Person {
  const shown = freshTerminal(initial);
  const input = new PassThrough();
  const written: Buffer[] = [];
  let hung: (() => void)[] | undefined;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const take = (): void => {
        written.push(chunk);
        shown.write(chunk, done);
      };
      if (hung) hung.push(take);
      else take();
    },
  });
  shown.onData((answer) => void input.write(answer));
  const resized = new Set<() => void>();
  const continued = new Set<() => void>();
  let size = initial;
  let whole: (() => string) | undefined;

  return {
    shown,
    input,
    output,
    term: "xterm-256color",
    colorterm: "truecolor",
    size: () => size,
    get entered() {
      return whole !== undefined;
    },
    enter(undo) {
      whole = undo;
    },
    restore() {
      if (whole === undefined) return;
      const text = whole();
      whole = undefined;
      written.push(Buffer.from(text));
      shown.write(text);
    },
    onResize: (listener) => listen(resized, listener),
    onContinue: (listener) => listen(continued, listener),
    type: (text) => void input.write(text),
    resize(to) {
      size = to;
      shown.resize(to.cols, to.rows);
      for (const listener of resized) listener();
    },
    continued() {
      this.restore();
      for (const listener of continued) listener();
    },
    written: () => Buffer.concat(written).toString(),
    settled: () => new Promise((resolve) => shown.write("", resolve)),
    hang() {
      hung ??= [];
    },
    letGo() {
      const takes = hung ?? [];
      hung = undefined;
      for (const take of takes) take();
    },
  };
}

function listen(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The text of the screen, rows joined, trailing blanks cut. */
export function screenText(terminal: Headless): string {
  const { active } = terminal.buffer;
  return rowsText(terminal, active.baseY, active.baseY + terminal.rows);
}

export function rowsText(terminal: Headless, from: number, to: number): string {
  const { active } = terminal.buffer;
  const rows = Array.from(
    { length: to - from },
    (_, i) => active.getLine(from + i)?.translateToString(true) ?? "",
  );
  return rows.join("\n").trimEnd();
}

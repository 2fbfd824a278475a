/**
 * The terminal of the person in front of pet. From `enter` on it is raw; `restore` makes it whole on every way out:
 * called by whoever entered, and by itself when the process exits, crashes, or is told to end by a signal.
 */

import { writeSync } from "node:fs";
import type { Readable, Writable } from "node:stream";

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
  /** TERM and COLORTERM. */
  readonly term: string;
  readonly colorterm: string;
  /** Never 0 by 0. */
  size(): Size;
  /**
   * Raw from here on. `whole` gives the string that undoes, at the time it is asked, what was written since. The
   * signals that end this process make it whole first; others than these are somebody else's affair.
   */
  enter(whole: () => string, ending?: readonly EndingSignal[]): void;
  /** Whole again, at once; a second call does nothing. */
  restore(): void;
  /** The size changed; the answer ends the listening. */
  onResize(listener: () => void): () => void;
  /** The process was stopped and goes on: the screen holds what others wrote. `restore` came before, where it could. */
  onContinue(listener: () => void): () => void;
}

const usual: Size = { cols: 80, rows: 24 };
const allEnding = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"] as const;
export type EndingSignal = (typeof allEnding)[number];

export function openTerminal(): Terminal {
  const { stdin, stdout } = process;
  let whole: (() => string) | undefined;

  function size(): Size {
    const { columns, rows } = stdout;
    return columns > 0 && rows > 0
      ? { cols: Math.min(columns, 0xffff), rows: Math.min(rows, 0xffff) }
      : usual;
  }

  function enter(undo: () => string, ending: readonly EndingSignal[] = allEnding): void {
    if (whole === undefined) {
      process.on("exit", restore);
      for (const signal of ending) process.on(signal, dieOf);
      setBlocking(stdout, false);
    }
    whole = undo;
    if (stdin.isTTY) stdin.setRawMode(true);
  }

  function restore(): void {
    if (whole === undefined) return;
    const text = whole();
    whole = undefined;
    process.off("exit", restore);
    for (const signal of allEnding) process.off(signal, dieOf);
    writeNow(stdout.fd, text);
    setBlocking(stdout, true);
    try {
      if (stdin.isTTY) stdin.setRawMode(false);
    } catch {
      // The terminal is gone, and its modes with it.
    }
  }

  /** Ends as the signal would have ended it: whoever waits for this process sees the truth. */
  function dieOf(signal: NodeJS.Signals): void {
    restore();
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }

  return {
    input: stdin,
    output: stdout,
    term: process.env.TERM ?? "xterm-256color",
    colorterm: process.env.COLORTERM ?? "",
    size,
    enter,
    restore,
    onResize(listener) {
      stdout.on("resize", listener);
      return () => void stdout.off("resize", listener);
    },
    onContinue(listener) {
      const stop = (): void => {
        restore();
        process.kill(process.pid, "SIGSTOP");
      };
      const goOn = (): void => {
        restore(); // nobody could, where the signal was SIGSTOP
        listener();
      };
      process.on("SIGTSTP", stop);
      process.on("SIGCONT", goOn);
      return () => {
        process.off("SIGTSTP", stop);
        process.off("SIGCONT", goOn);
      };
    },
  };
}

/**
 * Node writes to terminals without letting anything else run meanwhile. A terminal that is slow, or hangs, would keep
 * us from reading keys and signals; without the blocking a write is simply told when it is done.
 */
function setBlocking(stream: Writable, blocking: boolean): void {
  const handle = (stream as { _handle?: { setBlocking?: (on: boolean) => void } | null })._handle;
  handle?.setBlocking?.(blocking);
}

const attempts = 50;

function writeNow(fd: number, text: string): void {
  let bytes = Buffer.from(text);
  for (let attempt = 0; bytes.length > 0 && attempt < attempts; attempt++) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) return; // nobody is there any more
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

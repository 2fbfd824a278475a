/**
 * The terminal as it would look had it been there all the time: @xterm/headless for the cells, our own tracker for
 * the modes. Its answers to queries go nowhere: whoever asked has been answered, or will be by the real terminal.
 */

import type { Terminal } from "@xterm/headless";
import { mendModel } from "./mend-model.ts";
import { type Modes, type ModesTracker, trackModes } from "./modes.ts";
import type { Size } from "./terminal.ts";
import { unicodeProvider } from "./width.ts";

export interface Model {
  readonly terminal: Terminal;
  readonly modes: Modes;
  /** Resolves when the bytes have shown. */
  write(bytes: Buffer | string): Promise<void>;
  /** Comes after what was written before, and before what is written next. Resolves when it has. */
  resize(size: Size): Promise<void>;
  dispose(): void;
}

/** As many lines as a log of 2 MiB has in all likelihood; held only as far as they are there. */
const historyLines = 30_000;

/** Begins to load what a model takes, so that it is there when needed. */
export async function loadModel(): Promise<(size: Size) => Model> {
  const { default: headless } = await import("@xterm/headless");
  return (size) => {
    const terminal = new headless.Terminal({
      ...size,
      scrollback: historyLines,
      allowProposedApi: true,
      logLevel: "off",
    });
    terminal.unicode.register(unicodeProvider);
    terminal.unicode.activeVersion = unicodeProvider.version;
    mendModel(terminal);
    return modelOf(terminal, trackModes());
  };
}

function modelOf(terminal: Terminal, tracker: ModesTracker): Model {
  return {
    terminal,
    modes: tracker.modes,
    write(bytes) {
      const buffer = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
      tracker.feed(buffer);
      return new Promise((resolve) => terminal.write(buffer, resolve));
    },
    resize({ cols, rows }) {
      return new Promise((resolve) =>
        terminal.write("", () => {
          if (cols !== terminal.cols || rows !== terminal.rows) terminal.resize(cols, rows);
          resolve();
        }),
      );
    },
    dispose: () => terminal.dispose(),
  };
}

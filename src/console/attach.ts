/** `pet foo` on a pet that runs: the session's screen on the person's terminal, until one of the two leaves. */

import type { Door } from "../engine/engine.ts";
import { fail } from "../pet/errors.ts";
import { parseDetachKeys } from "./detach-keys.ts";
import { frame } from "./frames.ts";
import { attachHello } from "./hello.ts";
import { openLine } from "./line.ts";
import { openSession } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import { sendTyping } from "./typing.ts";

export type Outcome =
  | { readonly kind: "detached" }
  | { readonly kind: "exited"; readonly status: number }
  | { readonly kind: "lost"; readonly cause?: Error };

export interface AttachOptions {
  /** Shown to others: user@host. */
  readonly who: string;
  readonly detachKeys: string;
  readonly session?: string;
}

const resizeMs = 25;

/** @throws BAD_DETACH_KEYS, CONSOLE_FAILED, CONSOLE_VERSION */
export async function attach(door: Door, terminal: Terminal, options: AttachOptions): Promise<Outcome> {
  const keys = parseDetachKeys(options.detachKeys);
  const { promise: outcome, resolve: leave, reject } = Promise.withResolvers<Outcome>();

  const line = openLine(door, (type, payload) => {
    if (type === "a") typing.taken(Number(payload.readBigUInt64BE()));
    else session.receive(type, payload);
  });
  const { term, colorterm } = terminal;
  const { who, session: name = "main" } = options;
  line.send(attachHello({ size: terminal.size(), who, session: name, term, colorterm }));

  const session = openSession(line, terminal, {
    exited: (status) => leave({ kind: "exited", status }),
    lost: (cause) => leave({ kind: "lost", cause }),
    refused: (code, text) =>
      reject(fail(code === "version" ? "CONSOLE_VERSION" : "CONSOLE_FAILED", { text })),
  });
  void line.ended.then(session.lineEnded);
  terminal.enter(session.whole);
  const typing = sendTyping(terminal, line, keys, () => leave({ kind: "detached" }));
  const stopResizes = terminal.onResize(debounced(session.resized));
  const stopContinues = terminal.onContinue(() => {
    terminal.enter(session.whole);
    session.startOver();
  });

  let detached = false;
  try {
    const result = await outcome;
    detached = result.kind === "detached";
    return result;
  } finally {
    typing.stop();
    stopResizes();
    stopContinues();
    // What is on its way to the terminal would else come after what makes it whole.
    await session.stop();
    terminal.restore();
    await line.close(detached ? frame("b") : undefined);
  }
}

function debounced(listener: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(listener, resizeMs);
  };
}

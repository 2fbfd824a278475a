/** `pet foo -- COMMAND`: a program inside as if it ran here, its streams, its signals, its exit status. */

import type { Readable, Writable } from "node:stream";
import type { Door } from "../engine/engine.ts";
import { fail, type PetError } from "../pet/errors.ts";
import { frame, sizeFrame } from "./frames.ts";
import { type Command, commandHello, readFields } from "./hello.ts";
import { openInput } from "./input.ts";
import { openLine } from "./line.ts";
import { keepColumn } from "./line-feeds.ts";
import { trackModes } from "./modes.ts";
import { processSignals, type Signals } from "./signals.ts";
import { createSink } from "./sink.ts";
import type { Terminal } from "./terminal.ts";
import { leave } from "./whole.ts";
import { within } from "./within.ts";

export interface CommandStreams {
  /** Undefined: the command has nothing to read. */
  readonly stdin: Readable | undefined;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Given, the command runs on a terminal, and the streams above are not used. */
  readonly terminal?: Terminal | undefined;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly signals?: Signals;
}

const SIGPIPE = 13;
/** A terminal that takes nothing for so long is not waited for, where the line broke. */
const onItsWayMs = 500;

/** @throws COMMAND_NOT_FOUND, COMMAND_NOT_EXECUTABLE, CONSOLE_FAILED, CONSOLE_VERSION, DOOR_LOST */
export async function runCommand(
  door: Door,
  streams: CommandStreams,
  command: Command,
  { env = {}, signals = processSignals }: CommandOptions = {},
): Promise<number> {
  const { terminal } = streams;
  const { promise: status, resolve: exited, reject } = Promise.withResolvers<number>();
  const modes = trackModes();

  const line = openLine(door, receive);
  const place = terminal && { size: terminal.size(), term: terminal.term, colorterm: terminal.colorterm };
  line.send(commandHello({ command, env, ...(place && { terminal: place }) }));
  void line.ended
    .then((cause) =>
      door.exit.then(
        () => cause,
        () => cause,
      ),
    )
    .then((cause) => reject(lost(door, cause)));

  const broken = (): void => void line.send(frame("s", Buffer.of(SIGPIPE)));
  const stdout = createSink(terminal?.output ?? streams.stdout, line, broken);
  const stderr = createSink(streams.stderr, line, () => {});
  const input = openInput(terminal?.input ?? streams.stdin, line);
  const stops = [input.stop, signals((signal) => line.send(frame("s", Buffer.of(signal))))];
  if (terminal) stops.push(onTerminal(terminal));

  try {
    const result = await status;
    await Promise.all([stdout.idle(), stderr.idle()]);
    return result;
  } finally {
    for (const stop of stops) stop();
    if (terminal) {
      // What is on its way to the terminal would else come after what makes it whole.
      await within(onItsWayMs, stdout.idle());
      terminal.restore();
    }
    await line.close();
  }

  function receive(type: string, payload: Buffer): void {
    if (type === "o") {
      if (terminal) modes.feed(payload);
      stdout.write(terminal ? keepColumn(payload) : payload);
    } else if (type === "x") stderr.write(payload);
    else if (type === "P") input.begin();
    else if (type === "a") input.taken(Number(payload.readBigUInt64BE()));
    else if (type === "X") exited(payload[0] ?? 0);
    else if (type === "E") reject(refusal(readFields(payload)));
  }

  function onTerminal(own: Terminal): () => void {
    const whole = (): string => (modes.midway() ? "\x18" : "") + leave(modes.modes);
    // The other signals are the command's to answer.
    const enter = (): void => own.enter(whole, ["SIGQUIT"]);
    enter();
    const stopResizes = own.onResize(() => line.send(sizeFrame("r", own.size())));
    const stopContinues = own.onContinue(() => {
      enter();
      line.send(sizeFrame("r", own.size()));
    });
    return () => {
      stopResizes();
      stopContinues();
    };
  }
}

function refusal(told: ReadonlyMap<string, string>): PetError {
  const text = told.get("text") ?? "";
  switch (told.get("code")) {
    case "not-found":
      return fail("COMMAND_NOT_FOUND", { text });
    case "not-executable":
      return fail("COMMAND_NOT_EXECUTABLE", { text });
    case "version":
      return fail("CONSOLE_VERSION", { text });
    default:
      return fail("CONSOLE_FAILED", { text });
  }
}

function lost(door: Door, cause: Error): PetError {
  return fail("DOOR_LOST", { name: door.tty.name }, { cause, detail: cause.message });
}

/**
 * One session seen from the near end, frame by frame: the log comes first and becomes a picture, then output passes
 * as it is (owner), or keeps a model up to date of which a part is shown (watcher). PROTOCOL.md has the frames.
 */

import { createCrop } from "./crop.ts";
import { countFrame, frame, sizeFrame } from "./frames.ts";
import { readFields } from "./hello.ts";
import type { Line } from "./line.ts";
import { createLog, type Log } from "./log.ts";
import { loadModel, type Model } from "./model.ts";
import { paint } from "./paint.ts";
import { openScreen } from "./screen.ts";
import type { Size, Terminal } from "./terminal.ts";
import { within } from "./within.ts";

export interface Session {
  receive(type: string, payload: Buffer): void;
  /** The line brought all it will bring. */
  lineEnded(cause: Error): void;
  /** The terminal has another size. */
  resized(): void;
  /** The terminal was made whole and used by others meanwhile: paint it anew. */
  startOver(): void;
  /** What makes the terminal whole. */
  whole(): string;
  /** Nothing more is shown. Settles when what was on its way is out, unless the terminal takes nothing. */
  stop(): Promise<void>;
}

export interface SessionListener {
  /** The shell ended, and all it said has been shown. */
  exited(status: number): void;
  refused(code: string, text: string): void;
  /** The line ended before the session did. */
  lost(cause: Error): void;
}

type Stage =
  | { readonly at: "log"; readonly log: Log }
  /** The picture is being made; what arrives waits its turn. */
  | { readonly at: "painting"; readonly later: (() => void)[] }
  | { readonly at: "raw" }
  | { readonly at: "watching"; readonly model: Model }
  /** Asked to start over: what comes before the answer is of no use. */
  | { readonly at: "asked" }
  | { readonly at: "over" };

const ackEvery = 32 * 1024;
const frameMs = 33;
/** Long enough for a program to notice the one size before the other comes. */
const nudgeMs = 60;
const lastWordsMs = 2000;
/** A terminal that takes nothing for so long is not waited for. */
const onItsWayMs = 500;
const cursorReportAwaited = 1;

export function openSession(line: Line, terminal: Terminal, on: SessionListener): Session {
  let stage: Stage = { at: "log", log: createLog() };
  let role: "owner" | "watcher" = "owner";
  /** What the person's own screen needs before a picture: to be scrolled out of the way, or only cleared. */
  let before: "scroll away" | "clear" = "scroll away";
  let acked = 0;
  let ackSent = 0;
  let nextFrame: NodeJS.Timeout | undefined;
  let crop = createCrop();
  const screen = openScreen(terminal.output, acknowledge);
  const modelLoading = loadModel();
  modelLoading.catch(() => {}); // told where it is awaited

  return {
    receive,
    lineEnded,
    resized() {
      if (stage.at === "raw" || stage.at === "watching") tellSize();
      if (stage.at === "watching") soon();
    },
    startOver() {
      if (stage.at === "over") return;
      screen.forget();
      acknowledge(screen.discard());
      before = "scroll away";
      const later = stage.at === "painting" ? stage.later : [];
      to({ at: "asked" });
      line.send(frame("y"));
      for (const arrived of later) arrived();
    },
    whole: screen.whole,
    async stop() {
      to({ at: "over" });
      screen.discard();
      await within(onItsWayMs, screen.idle());
    },
  };

  function receive(type: string, payload: Buffer): void {
    if (stage.at === "painting") stage.later.push(() => receive(type, payload));
    else if (stage.at !== "over") handle(type, payload);
  }

  function lineEnded(cause: Error): void {
    if (stage.at === "painting") stage.later.push(() => lineEnded(cause));
    else if (stage.at !== "over") on.lost(cause);
  }

  function handle(type: string, payload: Buffer): void {
    if (type === "o") output(payload);
    else if (type === "R") sized({ cols: payload.readUInt16BE(0), rows: payload.readUInt16BE(2) });
    else if (type === "T" && stage.at === "log") stage.log.modes(payload);
    else if (type === "W") role = payload[0] === 0 ? "watcher" : "owner";
    else if (type === "L" && stage.at === "log") present(stage.log, payload[0] ?? 0).catch(on.lost);
    else if (type === "Y") {
      acknowledge(screen.discard());
      to({ at: "log", log: createLog() });
    } else if (type === "X") void finish(payload[0] ?? 0);
    else if (type === "E") {
      const told = readFields(payload);
      on.refused(told.get("code") ?? "", told.get("text") ?? "");
    }
  }

  function output(bytes: Buffer): void {
    if (stage.at === "log") {
      stage.log.output(bytes);
      // On arrival: the rest of a log may never come, where we fell behind meanwhile and are to start over.
      acknowledge(bytes.length);
    } else if (stage.at === "raw") screen.output(bytes);
    else if (stage.at === "watching") {
      void stage.model.write(bytes).then(() => {
        acknowledge(bytes.length);
        soon();
      });
    } else acknowledge(bytes.length);
  }

  function sized(size: Size): void {
    if (stage.at === "log") stage.log.size(size);
    else if (stage.at === "watching") {
      void stage.model.resize(size).then(soon);
    }
  }

  async function present(log: Log, flags: number): Promise<void> {
    const painting: Stage = { at: "painting", later: [] };
    to(painting);
    // A shell that was started for us: its terminal is as fresh as the log, and the person's screen can stay.
    if (log.isEmpty && role === "owner" && before === "scroll away" && screen.seen.length === 0) {
      screen.picture([]);
      before = "clear";
      return goOn(painting, { at: "raw" });
    }
    const model = (await modelLoading)(log.firstSize ?? terminal.size());
    const replayed = await log.replay(model, screen.seen);
    const cursor = cursorReport(model);
    if (role === "owner") await model.resize(terminal.size());
    if (stage !== painting) return model.dispose();
    if ((flags & cursorReportAwaited) !== 0 && role === "owner") line.send(frame("d", cursor));
    if (role === "watcher") {
      crop = createCrop();
      screen.picture([screen.freshLine(), "\x1b[?1049h"]);
      goOn(painting, { at: "watching", model });
      return soon();
    }
    screen.picture([makeRoom(), ...paint(model, replayed.row() ?? 0)], log.end(4096));
    before = "clear";
    const { images } = model.modes;
    model.dispose();
    goOn(painting, { at: "raw" });
    if (images) drawAnew();
  }

  function makeRoom(): string {
    return before === "clear" ? "\x1b[H\x1b[J" : `${"\n".repeat(terminal.size().rows)}\x1b[H`;
  }

  /** The picture is on its way: the terminal's size counts from here, and so does what arrived meanwhile. */
  function goOn(painting: Stage & { at: "painting" }, next: Stage): void {
    to(next);
    tellSize();
    for (const arrived of painting.later) arrived();
  }

  /** Images are not in the picture; a program draws them again when its terminal changes its size. */
  function drawAnew(): void {
    const { cols, rows } = terminal.size();
    line.send(sizeFrame("r", { cols, rows: Math.max(1, rows - 1) }));
    setTimeout(tellSize, nudgeMs);
  }

  function tellSize(): void {
    line.send(sizeFrame("r", terminal.size()));
  }

  function soon(): void {
    nextFrame ??= setTimeout(() => {
      nextFrame = undefined;
      if (stage.at !== "watching") return;
      if (!screen.isIdle()) return soon();
      const text = crop.frame(stage.model, terminal.size());
      if (text !== "") screen.touch(text);
    }, frameMs);
  }

  function acknowledge(bytes: number): void {
    acked += bytes;
    if (acked === ackSent || stage.at === "over") return;
    if (acked - ackSent < ackEvery && !screen.isIdle()) return;
    ackSent = acked;
    line.send(countFrame("a", acked));
  }

  async function finish(status: number): Promise<void> {
    to({ at: "over" });
    await within(lastWordsMs, screen.idle());
    on.exited(status);
  }

  function to(next: Stage): void {
    if (stage.at === "watching") stage.model.dispose();
    stage = next;
    if (next.at === "over") clearTimeout(nextFrame);
  }
}

function cursorReport({ terminal }: Model): Buffer {
  const { cursorX, cursorY } = terminal.buffer.active;
  return Buffer.from(`\x1b[${cursorY + 1};${Math.min(cursorX, terminal.cols - 1) + 1}R`);
}

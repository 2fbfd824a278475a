/** Where a command's output goes: as fast as it is taken, the line waiting meanwhile. */

import type { Writable } from "node:stream";
import type { Line } from "./line.ts";

export interface Sink {
  write(bytes: Buffer): void;
  /** Resolves when everything has been handed over, or nobody is there to take it. */
  idle(): Promise<void>;
}

/** `gone` is told once nobody reads any more. */
export function createSink(stream: Writable, line: Pick<Line, "pause" | "resume">, gone: () => void): Sink {
  let broken = false;
  let outstanding = 0;
  let held = false;
  let waiting: (() => void)[] = [];
  stream.on("error", breakOff);
  stream.on("drain", letGo);

  return {
    write(bytes) {
      if (broken) return;
      outstanding++;
      const room = stream.write(bytes, done);
      if (room || held) return;
      held = true;
      line.pause();
    },
    idle: () =>
      outstanding === 0 || broken ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };

  function done(error?: Error | null): void {
    outstanding--;
    if (error) breakOff();
    if (outstanding === 0) tell();
  }

  function breakOff(): void {
    if (broken) return;
    broken = true;
    letGo();
    tell();
    gone();
  }

  function letGo(): void {
    if (!held) return;
    held = false;
    line.resume();
  }

  function tell(): void {
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve();
  }
}

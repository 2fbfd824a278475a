/** The workspace's side of the protocol, its frames said by a test. */

import { PassThrough } from "node:stream";
import { frame, frameDecoder, sizeFrame } from "../../../src/console/frames.ts";
import type { Size } from "../../../src/console/terminal.ts";
import type { Door } from "../../../src/engine/engine.ts";
import { someTty } from "./door.ts";

export interface FarEnd {
  readonly door: Door;
  /** Frames that came from the near end, those of type `a` as they are, all bulk. */
  readonly heard: [type: string, payload: Buffer][];
  typed(): string;
  acked(): number;
  say(type: string, payload?: Buffer | string): void;
  size(type: "R", size: Size): void;
  /** What opens an attach: the size, the log, the role, its end. */
  welcome(
    log: string,
    options?: { size?: Size; role?: "owner" | "watcher"; modes?: string; flags?: number },
  ): void;
  startOver(log: string, options?: { size?: Size; role?: "owner" | "watcher" }): void;
  /** The line dies. */
  die(): void;
}

export function farEnd(): FarEnd {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const heard: [string, Buffer][] = [];
  const exit = Promise.withResolvers<number>();
  exit.promise.catch(() => {});
  const decode = frameDecoder((type, payload) => void heard.push([type, payload]));
  stdin.on("data", decode);
  stdin.on("end", () => exit.resolve(0));

  const say = (type: string, payload: Buffer | string = ""): void =>
    void stdout.write(frame(type, Buffer.from(payload)));
  const log = (
    text: string,
    { size = { cols: 80, rows: 24 }, role = "owner", modes = "", flags = 0 } = {},
  ): void => {
    stdout.write(sizeFrame("R", size));
    if (modes !== "") say("T", modes);
    if (text !== "") say("o", text);
    say("W", Buffer.of(role === "owner" ? 1 : 0));
    say("L", Buffer.of(flags));
  };

  return {
    door: {
      stdin,
      stdout,
      stderr,
      exit: exit.promise,
      tty: someTty,
      close() {
        stdin.destroy();
        stdout.destroy();
      },
    },
    heard,
    typed: () => Buffer.concat(heard.flatMap(([type, bytes]) => (type === "d" ? [bytes] : []))).toString(),
    acked: () => Number(heard.findLast(([type]) => type === "a")?.[1].readBigUInt64BE() ?? 0n),
    say,
    size: (type, size) => void stdout.write(sizeFrame(type, size)),
    welcome: log as FarEnd["welcome"],
    startOver(text, options) {
      say("Y");
      (log as FarEnd["welcome"])(text, options);
    },
    die() {
      exit.reject(new Error("the engine went away"));
      stdout.end();
    },
  };
}

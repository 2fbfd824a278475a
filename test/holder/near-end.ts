/** The near end of terminals/base/PROTOCOL.md, bare: frames to and from a real pet-console on this machine's perl. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { type Place, program } from "./place.ts";

export interface Frame {
  readonly type: string;
  readonly payload: Buffer;
}

export interface NearEnd {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything that has come, oldest first. */
  readonly frames: readonly Frame[];
  send(type: string, payload?: Buffer | string): void;
  type(text: string): void;
  resize(cols: number, rows: number): void;
  /** Acknowledges all output there is, from now on as it comes. */
  acknowledge(): void;
  /** Stops reading: what the other side writes backs up. */
  hang(): void;
  /** Settles when what has come fulfils this. */
  until(what: string, fulfilled: (frames: readonly Frame[]) => boolean, seconds?: number): Promise<void>;
  /** The line dies. */
  cut(): void;
  readonly complaints: () => string;
  readonly closed: Promise<void>;
}

type Field = readonly [name: string, value: string | number];

export function attach(place: Place, ...fields: readonly Field[]): NearEnd {
  const hello: readonly Field[] = [
    ["v", 1],
    ["cols", 80],
    ["rows", 24],
    ["who", "ann@here"],
    ["term", "xterm-256color"],
  ];
  return begin(place, "A", [...hello.filter(([name]) => !fields.some(([own]) => own === name)), ...fields]);
}

/** Attached, acknowledging, and told where the log ends. */
export async function attached(place: Place, ...fields: readonly Field[]): Promise<NearEnd> {
  const near = attach(place, ...fields);
  near.acknowledge();
  await near.until("the log's end", has("L"));
  return near;
}

export function launch(place: Place, argv: readonly string[], ...fields: readonly Field[]): NearEnd {
  const args = argv.map((arg): Field => ["arg", arg]);
  return begin(place, "C", [["v", 1], ...args, ...fields]);
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly last: string;
}

/** A command run to its end; `last` is its last frame: `X 3`, `E not-found`. */
export async function run(
  place: Place,
  argv: readonly string[],
  input: string | null = null,
): Promise<Ended> {
  const near = launch(place, argv);
  if (input !== null) near.type(input);
  near.send("e");
  return ended(near);
}

export async function ended(near: NearEnd, seconds = 20): Promise<Ended> {
  await near.until("the last frame", (frames) => has("X")(frames) || has("E")(frames), seconds);
  return { stdout: text(near, "o"), stderr: text(near, "x"), last: lastOf(near) };
}

function lastOf(near: NearEnd): string {
  const { type, payload } = near.frames.at(-1) ?? { type: "", payload: Buffer.alloc(0) };
  return type === "X" ? `X ${payload[0]}` : `${type} ${fieldsOf(payload).code ?? ""}`;
}

export function fieldsOf(payload: Buffer): Readonly<Record<string, string>> {
  const pairs = payload.toString().split("\0").slice(0, -1);
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}

export function begin(place: Place, type: string, fields: readonly Field[]): NearEnd {
  // At the head of a session of its own, as what an engine's exec starts is.
  const child = spawn("perl", ["-w", program], { env: place.environment, detached: true });
  const frames: Frame[] = [];
  let rest = Buffer.alloc(0);
  let acknowledging = false;
  let taken = 0;
  let complaints = "";
  let look = () => {};
  const send = (kind: string, payload: Buffer | string = "") => {
    if (child.stdin.writable) child.stdin.write(frame(kind, Buffer.from(payload)));
  };
  const tell = () => send("a", u64(taken));
  child.stdin.on("error", () => {});
  child.stderr.setEncoding("utf8").on("data", (some: string) => {
    complaints += some;
  });
  child.stdout.on("data", (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    const before = taken;
    for (let whole = firstOf(rest); whole !== undefined; whole = firstOf(rest)) {
      frames.push(whole);
      rest = rest.subarray(5 + whole.payload.length);
      if (whole.type === "o") taken += whole.payload.length;
    }
    if (acknowledging && taken > before) tell();
    look();
  });
  send(type, Buffer.from(fields.map(([name, value]) => `${name}=${value}\0`).join("")));
  return {
    child,
    frames,
    send,
    type: (typed) => {
      for (let at = 0; at < typed.length; at += 65_536) send("d", typed.slice(at, at + 65_536));
    },
    resize: (cols, rows) => send("r", u16(cols, rows)),
    acknowledge: () => {
      acknowledging = true;
      if (taken > 0) tell();
    },
    hang: () => void child.stdout.pause(),
    until: (what, fulfilled, seconds = 10) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          const seen = frames
            .slice(-12)
            .map((one) => `${one.type} ${JSON.stringify(one.payload.toString().slice(-200))}`);
          reject(new Error(`${what} did not come. Last: ${seen.join(", ")} ${complaints}`));
        }, seconds * 1000);
        look = () => {
          if (!fulfilled(frames)) return;
          clearTimeout(late);
          look = () => {};
          resolve();
        };
        look();
      }),
    cut: () => void child.kill("SIGKILL"),
    complaints: () => complaints,
    closed: new Promise((resolve) => child.on("close", () => resolve())),
  };
}

function firstOf(bytes: Buffer): Frame | undefined {
  if (bytes.length < 5) return undefined;
  const length = bytes.readUInt32BE(1);
  if (bytes.length < 5 + length) return undefined;
  return { type: String.fromCharCode(bytes[0] ?? 0), payload: bytes.subarray(5, 5 + length) };
}

/** The whole frames at the front of some bytes. */
export function framesOf(all: Buffer): readonly Frame[] {
  const frames: Frame[] = [];
  for (let one = firstOf(all), rest = all; one !== undefined; one = firstOf(rest)) {
    frames.push(one);
    rest = rest.subarray(5 + one.payload.length);
  }
  return frames;
}

export function frame(type: string, payload: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

export function u16(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * numbers.length);
  numbers.forEach((number, i) => {
    bytes.writeUInt16BE(number, 2 * i);
  });
  return bytes;
}

export function u64(number: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(number));
  return bytes;
}

/** All bytes of one kind of frame; of output unless said otherwise. */
export function text(near: Pick<NearEnd, "frames">, type = "o"): string {
  return bytes(near.frames, type).toString();
}

export function bytes(frames: readonly Frame[], type = "o"): Buffer {
  return Buffer.concat(frames.filter((one) => one.type === type).map((one) => one.payload));
}

export function has(type: string, times = 1): (frames: readonly Frame[]) => boolean {
  return (frames) => frames.filter((one) => one.type === type).length >= times;
}

/** Looks at the newest output only, because it is asked again with everything that comes. */
export function shows(wanted: string): (frames: readonly Frame[]) => boolean {
  return (frames) => bytes(frames.slice(-100)).includes(wanted);
}

/** What came before the log's end, in a word a frame; output is joined. */
export function logOf(frames: readonly Frame[]): readonly Frame[] {
  return frames.slice(
    frames.findLastIndex((one) => one.type === "Y") + 1,
    frames.findLastIndex((one) => one.type === "L"),
  );
}

export function sizeOf({ payload }: Frame): string {
  return `${payload.readUInt16BE(0)}x${payload.readUInt16BE(2)}`;
}

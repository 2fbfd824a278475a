/**
 * The far end: a small program that is sent along with the call, so that it fits every image, whenever that was made. It
 * speaks far/PROTOCOL.md on its standard input and output.
 */

import { readFileSync } from "node:fs";
import type { Door } from "../engine/engine.ts";
import { fail } from "../pet/errors.ts";
import { packageFile } from "../system/package-file.ts";
import { type Event, eventReader, Untrue } from "./events.ts";
import { requestFrame } from "./frames.ts";
import { refusal } from "./refusal.ts";

/** Reads the program from its standard input: what an argument may hold has limits of its own on some engines. */
export const farEndArgv: readonly string[] = [
  "/usr/bin/perl",
  "-e",
  "sub take{my$b='';while(length$b<$_[0]){sysread(STDIN,$b,$_[0]-length$b,length$b)or exit 1}$b}" +
    "eval take(unpack'N',take(4));die$@if$@",
];

export function sendProgram(door: Door, program: "put" | "get" | "list", request: readonly string[]): void {
  const parts = ["stream", program].map((part) => readFileSync(packageFile(`far/${part}.pl`)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(parts.reduce((sum, part) => sum + part.length, 0));
  door.stdin.write(Buffer.concat([length, ...parts, requestFrame(request)]));
}

export type Verdict = "go on" | "done";
export type Take = (event: Event) => Verdict | Promise<Verdict>;

const keptOfStderr = 4096;

/** An exit status beyond this tells of a signal. */
const killed = 128;

/**
 * Has every event taken, until that was the last.
 * @throws what it refused, STREAM_UNTRUE, FAR_END_FAILED, DOOR_LOST
 */
export async function listen(door: Door, take: Take): Promise<void> {
  const { name } = door.tty;
  let words = "";
  door.stderr.on("data", (bytes: Buffer) => {
    words = (words + bytes.toString()).slice(-keptOfStderr);
  });
  const read = eventReader();
  try {
    for await (const chunk of door.stdout) {
      for (const event of read(chunk)) {
        if (event.do === "refuse") throw refusal(event, name);
        const taken = take(event);
        if ((typeof taken === "string" ? taken : await taken) === "done") return;
      }
    }
  } catch (error) {
    if (!(error instanceof Untrue)) throw error;
    throw fail("STREAM_UNTRUE", { name, reason: error.message }, { cause: error });
  }
  const status = await door.exit;
  // It ends without a word where its input does before it should.
  if (words === "" && status < killed) throw fail("DOOR_LOST", { name });
  throw fail("FAR_END_FAILED", { name, status }, { detail: words });
}

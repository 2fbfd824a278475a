import events from "node:events";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { fail } from "../../pet/errors.ts";
import type { Door, Engine, Tty } from "../engine.ts";
import { requireTty, type Store } from "./store.ts";

/** A program as a function: it has ended when it settles, with its exit status. */
export type Program = (io: ProgramIo) => Promise<number>;

interface ProgramIo {
  /** Without the program's name. */
  readonly args: readonly string[];
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly tty: Tty;
}

const builtIn: Readonly<Record<string, Program>> = {
  true: async () => 0,
  false: async () => 1,
  async cat({ stdin, stdout }) {
    for await (const chunk of stdin) await written(stdout, chunk);
    return 0;
  },
};

/** Writes, and waits where the reader is slow. */
export async function written(stream: Writable, chunk: Buffer | string): Promise<void> {
  if (stream.destroyed || stream.write(chunk)) return;
  const waiting = new AbortController();
  const once = (event: string) => events.once(stream, event, { signal: waiting.signal }).catch(() => {});
  await Promise.race([once("drain"), once("close")]);
  waiting.abort();
}

const notFound: Program = async ({ stderr }) => {
  stderr.write("no such program\n");
  return 127;
};

export function doorsIn(store: Store, programs: Readonly<Record<string, Program>>): Pick<Engine, "exec"> {
  const known = new Map(Object.entries({ ...builtIn, ...programs }));
  return {
    async exec(name, [program = "", ...args]) {
      const { tty } = requireTty(store, name);
      if (tty.state !== "running") throw fail("NOT_RUNNING", { name });
      return openDoor(tty, known.get(program) ?? notFound, args);
    },
  };
}

function openDoor(tty: Tty, program: Program, args: readonly string[]): Door {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  // Input that nobody will read any more is not an error of the one who writes it.
  stdin.on("error", () => {});
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});

  const ended = program({ args, stdin, stdout, stderr, tty }).then((status) => {
    stdout.end();
    stderr.end();
    stdin.resume();
    return status;
  });
  const exit = Promise.race([ended, lost.promise]);
  exit.catch(() => {});
  return {
    stdin,
    stdout,
    stderr,
    exit,
    tty,
    close() {
      lost.reject(fail("DOOR_LOST", { name: tty.name }));
      stdin.destroy();
      stdout.end();
      stderr.end();
    },
  };
}

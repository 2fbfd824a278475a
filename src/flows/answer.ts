/** Whether a TTY answers: a command that does nothing, which runs once all inside is ready. */

import { Writable } from "node:stream";
import { consoleArgv } from "../console/argv.ts";
import { runCommand } from "../console/command.ts";
import type { Door, Engine } from "../engine/engine.ts";
import { fail } from "../pet/errors.ts";
import type { ContainerName } from "../pet/names.ts";

/** The command's exit status. @throws what `exec` and `runCommand` do, and NOT_READY after so many seconds */
export async function answer(engine: Engine, name: ContainerName, seconds?: number): Promise<number> {
  const door = await engine.exec(name, consoleArgv);
  if (seconds === undefined) return await ran(door);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(fail("NOT_READY", { name, seconds })), seconds * 1000);
  try {
    return await Promise.race([ran(door), late.promise]);
  } finally {
    clearTimeout(timer);
    door.close();
  }
}

async function ran(door: Door): Promise<number> {
  return await runCommand(
    door,
    { stdin: undefined, stdout: nowhere(), stderr: nowhere() },
    { argv: ["true"] },
  );
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** The door: an exec in a running TTY, its streams joined to ours. */

import { Readable } from "node:stream";
import { fail } from "../../pet/errors.ts";
import type { ContainerName } from "../../pet/names.ts";
import type { LocalEndpoint } from "../endpoint.ts";
import type { Door, Tty } from "../engine.ts";
import { engineFailure } from "./failures.ts";
import { frameReader } from "./frames.ts";
import { at, numberAt, parsed, textAt } from "./json.ts";
import { dial, type Held, type Line } from "./line.ts";
import type { Reply } from "./reply.ts";
import { requireTty } from "./tty.ts";
import { ask, askOn, askToSwitch } from "./wire.ts";

/**
 * To be quick the exec is created while its TTY is still being looked at: an exec that is never started has no
 * effect. It is started only once the labels are seen to be ours.
 */
export async function openDoor(
  endpoint: LocalEndpoint,
  held: Held,
  name: ContainerName,
  argv: readonly string[],
): Promise<Door> {
  const line = dial(endpoint);
  held.add(line);
  try {
    const [tty, created] = await Promise.all([
      requireTty(endpoint, name),
      askOn(line, endpoint, {
        method: "POST",
        path: `/containers/${name}/exec`,
        body: { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: false, Cmd: argv },
      }),
    ]);
    if (tty.state !== "running") throw fail("NOT_RUNNING", { name });
    refuse(created, name);
    if (created.status !== 201) throw engineFailure(created);

    const id = textAt(parsed(created.body), "Id");
    const { reply, first } = await askToSwitch(line, endpoint, {
      method: "POST",
      path: `/exec/${id}/start`,
      body: { Detach: false, Tty: false },
    });
    refuse(reply, name);
    if (reply.status !== 101) throw engineFailure(reply);
    return joined(line, first, tty, {
      ended: () => held.delete(line),
      status: () => exitStatus(endpoint, id, name),
    });
  } catch (error) {
    held.delete(line);
    line.destroy();
    throw error;
  }
}

interface Afterwards {
  readonly ended: () => void;
  readonly status: () => Promise<number>;
}

/** One that is removed at this very moment is a 500 to the engine, in words that tell more. */
function refuse({ status, body }: Reply, name: ContainerName): void {
  const said = status === 500 ? body : "";
  if (status === 404 || said.includes("No such container")) throw fail("NO_TTY", { name });
  if (status === 409 || said.includes("is not running")) throw fail("NOT_RUNNING", { name });
}

function joined(line: Line, first: Buffer, tty: Tty, { ended, status }: Afterwards): Door {
  const full = new Set<Readable>();
  const outlet = () => {
    const free = () => {
      if (full.delete(stream) && full.size === 0) line.resume();
    };
    const stream: Readable = new Readable({
      read: free,
      destroy(error, callback) {
        free();
        callback(error);
      },
    });
    return stream;
  };
  const pour = (stream: Readable) => (part: Buffer) => {
    if (stream.destroyed || stream.push(part)) return true;
    full.add(stream);
    return false;
  };
  const stdout = outlet();
  const stderr = outlet();
  const take = frameReader(pour(stdout), pour(stderr));

  const over = new Promise<Error | undefined>((resolve) => {
    line.ended = (error) => {
      stdout.push(null);
      stderr.push(null);
      ended();
      resolve(error);
    };
  });
  line.take = take;
  if (first.length === 0 || take(first)) line.resume();

  let exit: Promise<number> | undefined;
  return {
    stdin: line.output,
    stdout,
    stderr,
    // Asked of the engine only when somebody wants to know.
    get exit() {
      exit ??= over.then((error) => {
        if (error !== undefined) throw fail("DOOR_LOST", { name: tty.name }, { cause: error });
        return status();
      });
      return exit;
    },
    tty,
    close: () => line.destroy(),
  };
}

const statusPatience = 2000;

async function exitStatus(endpoint: LocalEndpoint, id: string, name: ContainerName): Promise<number> {
  // The streams may end a moment before the engine has written the status down.
  for (let waited = 0, pause = 5; ; waited += pause, pause *= 2) {
    const reply = await ask(endpoint, { method: "GET", path: `/exec/${id}/json` }).catch((cause: unknown) => {
      throw fail("DOOR_LOST", { name }, { cause });
    });
    const found: unknown = reply.status === 200 ? parsed(reply.body) : undefined;
    const status = numberAt(found, "ExitCode");
    if (at(found, "Running") === false && status !== undefined) return status;
    if (found === undefined || waited > statusPatience) throw fail("DOOR_LOST", { name });
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Doors with nobody behind them. */

import { PassThrough, type Readable } from "node:stream";
import type { Door, Tty } from "../../../src/engine/engine.ts";
import { fail } from "../../../src/pet/errors.ts";
import { containerName, firstTty, instanceName, prefixName } from "../../../src/pet/names.ts";

const tty: Tty = {
  name: containerName({ prefix: prefixName("pet"), instance: instanceName("foo"), tty: firstTty }),
  id: "",
  state: "running",
  since: undefined,
  exitStatus: undefined,
  image: "",
  imageId: "",
  labels: {},
};

/** What comes out of it is this; then the line breaks. */
export function doorOf(stdout: Readable): Door {
  const exit = Promise.reject(fail("DOOR_LOST", { name: tty.name }));
  exit.catch(() => {});
  return { stdin: new PassThrough(), stdout, stderr: new PassThrough(), exit, tty, close: () => {} };
}

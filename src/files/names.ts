/** Names of the far end's: one part of a path, and nothing that leads elsewhere. */

import { Untrue } from "./events.ts";

const slash = 0x2f;
const dots = [Buffer.from("."), Buffer.from("..")];

/** @throws Untrue */
export function soundName(name: Buffer): Buffer {
  if (name.length === 0) throw new Untrue("a thing without a name");
  if (name.includes(slash) || name.includes(0) || dots.some((each) => each.equals(name))) {
    throw new Untrue(`a name that leads elsewhere: ${JSON.stringify(String(name))}`);
  }
  return name;
}

export function inside(directory: Buffer, name: Buffer): Buffer {
  return Buffer.concat([directory, Buffer.of(slash), name]);
}

/**
 * An engine held in memory, for fast tests of what stands on the interface: the same refusals, races and streams,
 * with programs that are functions.
 */

import type { Engine } from "../engine.ts";
import { archivesIn } from "./archives.ts";
import { doorsIn, type Program } from "./doors.ts";
import { eventsIn } from "./events.ts";
import { homesIn } from "./homes.ts";
import { imagesIn } from "./images.ts";
import { locksIn } from "./locks.ts";
import { logsIn } from "./logs.ts";
import { replacementsIn } from "./replace.ts";
import { emptyStore } from "./store.ts";
import { ttysIn } from "./ttys.ts";

export interface MemoryOptions {
  /** References of images that are there from the start. */
  readonly images?: readonly string[];
  /** What `exec` can run, by the name of the program. */
  readonly programs?: Readonly<Record<string, Program>>;
}

export function memoryEngine({ images = [], programs = {} }: MemoryOptions = {}): Engine {
  const store = emptyStore(images);
  return {
    info: async () => ({
      name: "memory",
      version: "20.10.0",
      architecture: "amd64",
      product: "Docker Engine",
      storage: "overlay2",
      dataRoot: "/nowhere",
      rootless: false,
    }),
    ...ttysIn(store),
    ...replacementsIn(store),
    ...homesIn(store),
    ...imagesIn(store),
    ...doorsIn(store, programs),
    ...archivesIn(store),
    ...locksIn(store),
    ...logsIn(store),
    ...eventsIn(store),
    close: () => {},
  };
}

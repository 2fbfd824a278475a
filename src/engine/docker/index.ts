/** A Docker Engine (20.10 or newer) as pet's engine. */

import type { LocalEndpoint } from "../endpoint.ts";
import type { Engine } from "../engine.ts";
import { openDoor } from "./door.ts";
import type { Held } from "./line.ts";
import { inspectTty } from "./tty.ts";

/**
 * Connects when first asked for something. What is not on the way to a prompt is loaded when it is called.
 * @param configDirectory where the docker CLI keeps what it knows of registries; without one nobody is known to them
 */
export function connectDocker(endpoint: LocalEndpoint, configDirectory?: string): Engine {
  const held: Held = new Set();
  const later = once(() => import("./rest.ts").then(({ restOf }) => restOf(endpoint, held, configDirectory)));
  const lists = once(() => import("./lists.ts"));
  const startup = once(() => import("./startup.ts"));

  return {
    inspect: (name) => inspectTty(endpoint, name),
    exec: (name, argv) => openDoor(endpoint, held, name, argv),

    list: async (labels) => (await lists()).listTtys(endpoint, labels),
    beside: async (labels) => (await lists()).listBeside(endpoint, labels),
    homes: async (labels) => (await lists()).listHomes(endpoint, labels),
    create: async (workspace) => (await startup()).createTty(endpoint, workspace),
    start: async (name) => (await startup()).startTty(endpoint, name),
    ensureHome: async (home) => (await startup()).ensureHome(endpoint, home),
    image: async (reference) => (await startup()).findImage(endpoint, reference),
    lockedBy: async (key) => (await startup()).lockedBy(endpoint, key),

    info: async () => (await later()).info(),
    stop: async (name) => (await later()).stop(name),
    remove: async (name) => (await later()).remove(name),
    replace: async (workspace, proof) => (await later()).replace(workspace, proof),
    settle: async (labels) => (await later()).settle(labels),
    leftovers: async () => (await later()).leftovers(),
    discard: async (container) => (await later()).discard(container),
    removeHome: async (name) => (await later()).removeHome(name),
    homeSizes: async () => (await later()).homeSizes(),
    images: async () => (await later()).images(),
    removeImage: async (image, name) => (await later()).removeImage(image, name),
    build: async function* (request) {
      yield* (await later()).build(request);
    },
    pull: async function* (reference) {
      yield* (await later()).pull(reference);
    },
    offered: async (reference) => (await later()).offered(reference),
    push: async function* (image, reference) {
      return yield* (await later()).push(image, reference);
    },
    putArchive: async (name, directory, tar) => (await later()).putArchive(name, directory, tar),
    getArchive: async (name, path) => (await later()).getArchive(name, path),
    lock: async (key, holder, image) => (await later()).lock(key, holder, image),
    logs: async (name, lines) => (await later()).logs(name, lines),
    logLines: async function* (name, manner) {
      yield* (await later()).logLines(name, manner);
    },
    events: async function* (labels, signal) {
      yield* (await later()).events(labels, signal);
    },
    close() {
      for (const line of held) line.destroy();
    },
  };
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

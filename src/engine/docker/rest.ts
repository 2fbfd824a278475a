/** All that is not on the way to a prompt, gathered, so that it is loaded in one go. */

import type { LocalEndpoint } from "../endpoint.ts";
import type { Engine } from "../engine.ts";
import { getArchive, putArchive } from "./archives.ts";
import { build } from "./build.ts";
import { lazyClient } from "./client.ts";
import { credentialsIn } from "./credentials.ts";
import { discard } from "./discard.ts";
import { followEvents } from "./events.ts";
import { homeSizes, removeHome } from "./homes.ts";
import { listImages, removeImage } from "./images.ts";
import { info } from "./info.ts";
import type { Held } from "./line.ts";
import { listLeftovers } from "./lists.ts";
import { takeLock } from "./lock.ts";
import { logLines } from "./log-lines.ts";
import { readLogs } from "./logs.ts";
import { offered } from "./offered.ts";
import { pull } from "./pull.ts";
import { push } from "./push.ts";
import { replaceTty, settleTtys } from "./replace.ts";
import { removeTty, stopTty } from "./ttys.ts";

type Rest = Pick<
  Engine,
  | ("info" | "stop" | "remove" | "replace" | "settle" | "removeHome" | "build" | "pull")
  | ("leftovers" | "discard" | "homeSizes" | "images" | "removeImage")
  | ("push" | "offered" | "putArchive" | "getArchive" | "lock" | "logs" | "logLines" | "events")
>;

export function restOf(endpoint: LocalEndpoint, held: Held, configDirectory: string | undefined): Rest {
  const client = lazyClient(endpoint, held);
  const known = credentialsIn(configDirectory);
  return {
    info: () => info(client),
    stop: (name) => stopTty(client, name),
    remove: (name) => removeTty(client, name),
    replace: (workspace, proof) => replaceTty(client, workspace, proof),
    settle: (labels) => settleTtys(client, labels),
    leftovers: () => listLeftovers(endpoint),
    discard: (container) => discard(endpoint, container),
    removeHome: (name) => removeHome(client, name),
    homeSizes: () => homeSizes(endpoint),
    images: () => listImages(endpoint),
    removeImage: (image, name) => removeImage(endpoint, image, name),
    build: (request) => build(client, request),
    offered: (reference) => offered(client, reference),
    pull: (reference) => pull(client, known, reference),
    push: (image, reference) => push(client, known, image, reference),
    putArchive: (name, directory, tar) => putArchive(client, name, directory, tar),
    getArchive: (name, path) => getArchive(client, name, path),
    lock: (key, holder, image) => takeLock(client, key, holder, image),
    logs: (name, lines) => readLogs(client, name, lines),
    logLines: (name, manner) => logLines(client, name, manner),
    events: (labels, signal) => followEvents(client, labels, signal),
  };
}

/** The little that the tests' support asks of an engine itself, without pet's own code in between. */

import { type IncomingMessage, request } from "node:http";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

export async function answers(socket: string): Promise<boolean> {
  try {
    const response = await call(socket, "GET", "/_ping");
    response.resume();
    return response.statusCode === 200;
  } catch {
    return false;
  }
}

export async function hasImage(socket: string, reference: string): Promise<boolean> {
  const response = await call(socket, "GET", `/images/${reference}/json`);
  response.resume();
  return response.statusCode === 200;
}

/** Moves images from one engine to another. */
export async function copyImages(from: string, to: string, references: readonly string[]): Promise<void> {
  await loadImages(to, await savedImages(from, references));
}

/** Images with their names, as a tar stream. */
export async function savedImages(from: string, references: readonly string[]): Promise<Readable> {
  const names = references.map((reference) => `names=${encodeURIComponent(reference)}`).join("&");
  const saved = await call(from, "GET", `/images/get?${names}`);
  if (saved.statusCode !== 200) throw new Error(`saving ${references}: ${await text(saved)}`);
  return saved;
}

export async function loadImages(to: string, saved: Readable): Promise<void> {
  const loaded = await call(to, "POST", "/images/load?quiet=1", saved);
  const answer = await text(loaded);
  if (loaded.statusCode !== 200 || answer.includes('"error"')) throw new Error(`loading images: ${answer}`);
}

/** One request, its answer's body unread. */
export function call(
  socketPath: string,
  method: string,
  path: string,
  body?: Readable,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = body ? { "content-type": "application/x-tar" } : {};
  const outgoing = request({ socketPath, method, path, headers, agent: false }, resolve);
  outgoing.once("error", reject);
  if (body) body.once("error", reject).pipe(outgoing);
  else outgoing.end();
  return promise;
}

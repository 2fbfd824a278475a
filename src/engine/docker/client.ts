/** dockerode, loaded when something first needs it: not on the way to a prompt. */

import type Dockerode from "dockerode";
import type { LocalEndpoint } from "../endpoint.ts";
import { lineFailure, saidFailure } from "./failures.ts";
import { at, numberAt, textAt } from "./json.ts";
import { jsonLines } from "./jsonlines.ts";
import type { Held } from "./line.ts";

export interface Client {
  readonly endpoint: LocalEndpoint;
  /** Lines that are open until the engine is let go. */
  readonly held: Held;
  /** Speaks with the engine; what it says went wrong comes out in pet's words. */
  use<Result>(act: (docker: Dockerode) => Promise<Result>): Promise<Result>;
  /** The bytes of a stream that `use` opened; likewise. */
  chunks(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer>;
  /** The JSON values of such a stream. */
  read(stream: NodeJS.ReadableStream): AsyncGenerator<unknown>;
}

export function lazyClient(endpoint: LocalEndpoint, held: Held): Client {
  let docker: Promise<Dockerode> | undefined;
  const client: Client = {
    endpoint,
    held,
    async use(act) {
      docker ??= load(endpoint);
      try {
        return await act(await docker);
      } catch (error) {
        throw clientFailure(error, endpoint);
      }
    },
    async *chunks(stream) {
      try {
        yield* stream as AsyncIterable<Buffer>;
      } catch (error) {
        throw clientFailure(error, endpoint);
      }
    },
    read: (stream) => jsonLines(client.chunks(stream)),
  };
  return client;
}

async function load(endpoint: LocalEndpoint): Promise<Dockerode> {
  // Somebody else's debugging: dockerode would write each request out, credentials included.
  delete process.env.DEBUG;
  const { default: Docker } = await import("dockerode");
  // It parses a host in an old way, of which Node would warn whoever uses pet.
  process.noDeprecation = true;
  return withoutDockerHost(() =>
    endpoint.kind === "unix"
      ? new Docker({ socketPath: endpoint.path })
      : new Docker({ protocol: "http", host: endpoint.host, port: endpoint.port }),
  );
}

/** To dockerode a host in DOCKER_HOST counts for more than the socket that it is told. */
function withoutDockerHost<Result>(make: () => Result): Result {
  const { DOCKER_HOST: host } = process.env;
  delete process.env.DOCKER_HOST;
  try {
    return make();
  } finally {
    if (host !== undefined) process.env.DOCKER_HOST = host;
  }
}

function clientFailure(error: unknown, endpoint: LocalEndpoint): Error {
  if (statusOf(error) === undefined) return lineFailure(error, endpoint);
  return saidFailure(messageIn(error), error);
}

/** The HTTP status in an error of dockerode's. */
export function statusOf(error: unknown): number | undefined {
  return numberAt(error, "statusCode");
}

export function messageIn(error: unknown): string {
  const message = at(error, "json", "message") ?? at(error, "message");
  const text = typeof message === "string" ? message.trim() : textAt(error, "reason");
  return text.replace(/^\(HTTP code \d+\) [a-z ]+ - /, "");
}

/** Waits for an answer, taking one with this status for none at all. */
export async function unless<Result>(status: number, answer: Promise<Result>): Promise<Result | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (statusOf(error) === status) return undefined;
    throw error;
  }
}

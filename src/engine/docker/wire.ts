/**
 * The few requests that stand between a person and a prompt, over node:net alone: node:http takes longer to load
 * than the engine takes to answer. Everything else goes through dockerode.
 */

import { PetError } from "../../pet/errors.ts";
import type { LocalEndpoint } from "../endpoint.ts";
import { lineFailure } from "./failures.ts";
import { dial, type Line } from "./line.ts";
import { type Reply, type ReplyReader, replyReader } from "./reply.ts";

export interface Request {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

/** One request on a line of its own. */
export async function ask(endpoint: LocalEndpoint, request: Request): Promise<Reply> {
  const line = dial(endpoint);
  try {
    return await askOn(line, endpoint, request);
  } finally {
    line.destroy();
  }
}

/** One request on a line that may be used again. */
export async function askOn(line: Line, endpoint: LocalEndpoint, request: Request): Promise<Reply> {
  const reader = await replyTo(line, endpoint, written(request, ""));
  return reader.reply ?? { status: 0, body: "" };
}

/** Asks the engine to make a plain byte stream of the line: 101 and the stream's first bytes, or a refusal. */
export async function askToSwitch(
  line: Line,
  endpoint: LocalEndpoint,
  request: Request,
): Promise<{ reply: Reply; first: Buffer }> {
  const reader = await replyTo(line, endpoint, written(request, "Connection: Upgrade\r\nUpgrade: tcp\r\n"));
  return { reply: reader.reply ?? { status: 0, body: "" }, first: reader.rest };
}

/** Once it settles the line takes no more bytes until told to `resume` with somebody new to take them. */
function replyTo(line: Line, endpoint: LocalEndpoint, request: string): Promise<ReplyReader> {
  const reader = replyReader();
  return new Promise((resolve, reject) => {
    const lost = (error?: Error) =>
      reject(error instanceof PetError ? error : lineFailure(error ?? new Error("the line ended"), endpoint));
    line.take = (chunk) => {
      try {
        reader.push(chunk);
      } catch (error) {
        lost(error instanceof Error ? error : undefined);
        line.destroy();
      }
      if (reader.reply === undefined) return true;
      resolve(reader);
      return false;
    };
    line.ended = (error) => {
      if (error === undefined) reader.end();
      if (reader.reply === undefined) lost(error);
      else resolve(reader);
    };
    line.output.write(request);
    line.resume();
  });
}

function written({ method, path, body }: Request, headers: string): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const type = body === undefined ? "" : "Content-Type: application/json\r\n";
  const length = `Content-Length: ${Buffer.byteLength(text)}`;
  return `${method} ${path} HTTP/1.1\r\nHost: engine\r\n${headers}${type}${length}\r\n\r\n${text}`;
}

/** The few requests that set-up makes of a Docker Engine, over its unix socket. */

import { request } from "node:http";

/**
 * @typedef {{ status: number, body: import("node:http").IncomingMessage }} Answer
 * @param {string} socketPath
 * @param {string} method
 * @param {string} path
 * @param {import("node:stream").Readable} [content]
 * @returns {Promise<Answer>}
 */
export function call(socketPath, method, path, content) {
  return new Promise((resolve, reject) => {
    const headers = content ? { "content-type": "application/x-tar" } : {};
    const outgoing = request({ socketPath, method, path, headers, agent: false }, (body) =>
      resolve({ status: body.statusCode ?? 0, body }),
    );
    outgoing.once("error", reject);
    if (content) content.once("error", (error) => outgoing.destroy(error)).pipe(outgoing);
    else outgoing.end();
  });
}

/**
 * How the engine behind a socket takes us.
 * @param {string} socketPath
 * @returns {Promise<"answers" | "refuses" | "silent">}
 */
export async function knock(socketPath) {
  try {
    const { status, body } = await call(socketPath, "GET", "/_ping");
    body.resume();
    return status === 200 ? "answers" : "silent";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    return code === "EACCES" || code === "EPERM" ? "refuses" : "silent";
  }
}

/**
 * @param {string} socketPath
 * @param {string} reference
 */
export async function hasImage(socketPath, reference) {
  const { status, body } = await call(socketPath, "GET", `/images/${reference}/json`);
  body.resume();
  return status === 200;
}

/**
 * Reads the engine's stream of progress to its end.
 * @param {Answer} answer
 * @param {(status: string) => void} onProgress
 * @throws the failure the stream ends with
 */
export async function followProgress({ status, body }, onProgress) {
  let rest = "";
  body.setEncoding("utf8");
  for await (const chunk of body) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) heed(line, onProgress);
  }
  heed(rest, onProgress);
  if (status !== 200) throw new Error(rest || `status ${status}`);
}

/**
 * @param {string} line
 * @param {(status: string) => void} onProgress
 */
function heed(line, onProgress) {
  if (!line.trim().startsWith("{")) return;
  const message = JSON.parse(line);
  // A request that was refused outright has one `message` instead of a stream.
  const failure = message.error ?? message.message;
  if (failure) throw new Error(failure);
  if (message.status) onProgress(message.status);
}

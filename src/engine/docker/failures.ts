/** What the engine, or the way to it, said went wrong, in pet's words. */

import { fail, PetError } from "../../pet/errors.ts";
import { addressOf, type LocalEndpoint } from "../endpoint.ts";
import { at } from "./json.ts";
import type { Reply } from "./reply.ts";

/** For a connection that could not be made or broke. */
export function lineFailure(error: unknown, endpoint: LocalEndpoint): PetError {
  if (error instanceof PetError) return error;
  const address = addressOf(endpoint);
  const code = at(error, "code");
  if (code === "EACCES" || code === "EPERM") return fail("ENGINE_PERMISSION", { address }, { cause: error });
  if (typeof code === "string" && unreachable.has(code)) {
    return fail("ENGINE_UNREACHABLE", { address }, { cause: error });
  }
  return fail("ENGINE_FAILED", { reason: reasonOf(error) }, { cause: error });
}

const unreachable = new Set([
  "ENOENT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTSOCK",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
]);

/** For an answer that no row knows better. */
export function engineFailure(reply: Reply): PetError {
  return saidFailure(messageOf(reply), undefined);
}

/** For a sentence the engine said. */
export function saidFailure(said: string, cause: unknown): PetError {
  return isDiskFull(said)
    ? fail("DISK_FULL", {}, { detail: said, cause })
    : fail("ENGINE_FAILED", { reason: said }, { cause });
}

export function isDiskFull(said: string): boolean {
  return /no space left on device|disk quota exceeded/i.test(said);
}

function messageOf({ status, body }: Reply): string {
  try {
    const message = at(JSON.parse(body), "message");
    if (typeof message === "string") return message.trim();
  } catch {
    // Not JSON: a proxy in between, say. Its own words are the best there is.
  }
  return body.trim() || `status ${status}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

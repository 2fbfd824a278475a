/** What engine and registry say where a pull or a push went wrong, in pet's words; pure. */

import { fail, type PetError } from "../../pet/errors.ts";
import { readReference, usualRegistry } from "../../pet/reference.ts";
import { isDiskFull } from "./failures.ts";

export type Direction = "pull" | "push";

export function registryFailure(direction: Direction, image: string, detail: string): PetError {
  const registry = readReference(image)?.registry ?? usualRegistry;
  const options = { detail };
  if (isDiskFull(detail)) return fail("DISK_FULL", {}, options);
  const wanted = otherPlatform.exec(detail);
  if (wanted !== null) return fail("WRONG_ARCHITECTURE", { image, wanted: wanted[1] ?? "" }, options);
  if (unreachable.test(detail)) return fail("REGISTRY_UNREACHABLE", { image, registry }, options);
  if (direction === "push") {
    return denied.test(detail)
      ? fail("PUSH_DENIED", { image, registry }, options)
      : fail("PUSH_FAILED", { image }, options);
  }
  if (denied.test(detail)) return fail("PULL_DENIED", { image, registry }, options);
  if (unknown.test(detail)) return fail("IMAGE_UNKNOWN", { image, registry }, options);
  return fail("PULL_FAILED", { image }, options);
}

const otherPlatform = /no matching manifest for ([\w/.-]+)/;
const denied =
  /\bdenied\b|unauthorized|no basic auth credentials|authentication required|authorization failed|incorrect username or password|insufficient.scope/i;
const unknown = /manifest unknown|name unknown|not found/i;
/** Before anything came: what breaks on the way is told by the bytes, not by the way there. */
const unreachable =
  /connection refused|no such host|network is unreachable|no route to host|server misbehaving|i\/o timeout|TLS handshake timeout|Client\.Timeout exceeded|request canceled while waiting for connection|server gave HTTP response to HTTPS client/i;

/**
 * The hash beside a spec: over the spec and what the .env file gives of what may be secret, so that a change of what no
 * label holds is noticed all the same. A mark says whether anything secret is in it; a pet without secrets is told
 * from that alone.
 */

import type { Values } from "./env-file.ts";
import { eachRow } from "./rows.ts";

const withSecrets = "+";

export function sealOf(spec: string, given: Values): string {
  const secrets = secretsIn(given);
  // Loaded here and not above: an attach compares, and most have nothing to compare.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const digest = createHash("sha256")
    .update(JSON.stringify([spec, ...secrets]))
    .digest("hex");
  return digest.slice(0, 16) + (secrets.length === 0 ? "" : withSecrets);
}

/** Whether the file gives other secrets now than when this seal was made over this spec. */
export function secretsChanged(seal: string, spec: string, given: Values): boolean {
  if (secretsIn(given).length === 0) return seal.endsWith(withSecrets);
  return seal !== sealOf(spec, given);
}

function secretsIn(given: Values): readonly string[] {
  return eachRow(({ key, secret }) => {
    const text = given.get(key)?.text ?? "";
    return secret === true && text !== "" ? [`${key}=${text}`] : [];
  }).flat();
}

/**
 * The hash beside a spec: over the spec and what the .env file gives of what may be secret, so that a change of what no
 * label holds is noticed all the same. The names of the keys that gave any stand behind it; a pet without secrets is told
 * from that alone.
 */

import type { Values } from "./env-file.ts";
import { eachRow } from "./rows.ts";

/** Between the digest and the keys that gave secrets: their names tell which came or went. */
const mark = "+";

export function sealOf(spec: string, given: Values): string {
  const secrets = secretsIn(given);
  // Loaded here and not above: an attach compares, and most have nothing to compare.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const told = secrets.map(({ key, text }) => `${key}=${text}`);
  const digest = createHash("sha256")
    .update(JSON.stringify([spec, ...told]))
    .digest("hex");
  return [digest.slice(0, 16), ...secrets.map(({ key }) => key)].join(mark);
}

/** Whether what this was made over had any. */
export function hasSecrets(seal: string | undefined): boolean {
  return secretKeys(seal).length > 0;
}

/** The keys that gave them. */
export function secretKeys(seal: string | undefined): readonly string[] {
  return seal?.split(mark).slice(1) ?? [];
}

/**
 * The keys by which the file gives other secrets now than when this seal was made over this spec: those that came or
 * went; where they are the same, those one of which has another value.
 */
export function changedSecrets(seal: string, spec: string, given: Values): readonly string[] {
  const now = secretsIn(given).map(({ key }) => key);
  const before = secretKeys(seal);
  if (now.length === 0 && before.length === 0) return [];
  const moved = [
    ...before.filter((key) => !now.includes(key)),
    ...now.filter((key) => !before.includes(key)),
  ];
  if (moved.length > 0) return moved;
  return seal === sealOf(spec, given) ? [] : now;
}

function secretsIn(given: Values): readonly { readonly key: string; readonly text: string }[] {
  return eachRow(({ key, secret }) => {
    const text = given.get(key)?.text ?? "";
    return secret === true && text !== "" ? [{ key, text }] : [];
  }).flat();
}

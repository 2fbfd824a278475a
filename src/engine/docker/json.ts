/** Reading of what the engine answers, without trusting its shape. */

import { fail } from "../../pet/errors.ts";
import type { Labels } from "../../pet/workspace.ts";

/** @throws ENGINE_FAILED for what is no JSON: something else than an engine has answered */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw fail(
      "ENGINE_FAILED",
      { reason: `what answers is no Docker Engine (“${body.slice(0, 40)}”)` },
      { cause },
    );
  }
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

export function labelsAt(value: unknown, ...path: readonly string[]): Labels {
  const found = at(value, ...path);
  if (typeof found !== "object" || found === null) return {};
  return Object.fromEntries(Object.entries(found).filter(([, text]) => typeof text === "string"));
}

/** The engine writes `0001-01-01T00:00:00Z` for never. */
export function dateAt(value: unknown, ...path: readonly string[]): Date | undefined {
  const date = new Date(textAt(value, ...path));
  return date.getTime() > 0 ? date : undefined;
}

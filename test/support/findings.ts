/** What `pet doctor --json` found, beside the rows that findings come from. */

import { expect } from "vitest";
import { checks } from "../../src/doctor/checks.ts";
import { anyRows, type Finding } from "../../src/doctor/diagnose.ts";
import type { Outcome } from "./run-to-end.ts";

/** The findings, once the exit status is what they ask for. */
export function findingsIn({
  stdout,
  stderr,
  status,
}: Pick<Outcome, "stdout" | "stderr" | "status">): readonly Finding[] {
  expect(stderr).toBe("");
  const found: readonly Finding[] = JSON.parse(stdout);
  expect(status).toBe(found.some(({ state }) => state === "broken") ? 1 : 0);
  return found;
}

/** Those of one check. */
export function of(found: readonly Finding[], check: string): readonly Finding[] {
  return found.filter((one) => one.check === check);
}

/**
 * A finding made from this row of this check, with these values where the row has holes; whatever stands in the others.
 * test/unit/doctor/rows.test.ts reads the tests for these calls: there is one for every row.
 */
export function row(
  check: string,
  name: string,
  values: Readonly<Record<string, string | number>> = {},
): unknown {
  const all: Readonly<Record<string, { state: string; finding: string; repair?: string }>> = {
    ...anyRows,
    ...checks.find((one) => one.name === check)?.rows,
  };
  const { state, finding, repair } = all[name] ?? {};
  if (state === undefined || finding === undefined) throw new Error(`no row ${name} of ${check}`);
  return {
    check,
    state,
    finding: expect.stringMatching(filled(finding, values)),
    repair: repair === undefined ? null : expect.stringMatching(filled(repair, values)),
  };
}

function filled(text: string, values: Readonly<Record<string, string | number>>): RegExp {
  const literal = (part: string) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const parts = text.split(/\{(\w+)\}/);
  const pattern = parts.map((part, at) => {
    if (at % 2 === 0) return literal(part);
    const value = values[part];
    return value === undefined ? "[\\s\\S]*" : literal(String(value));
  });
  return new RegExp(`^${pattern.join("")}$`);
}

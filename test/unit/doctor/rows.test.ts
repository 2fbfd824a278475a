import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check } from "../../../src/doctor/check.ts";
import { checks } from "../../../src/doctor/checks.ts";
import { anyRows, diagnose, type Finding } from "../../../src/doctor/diagnose.ts";
import { renderDoctorDoc } from "../../../src/doctor/docs.ts";
import { openPlace } from "../../../src/doctor/place.ts";
import { fail } from "../../../src/pet/errors.ts";
import { row } from "../../support/findings.ts";

test("docs/doctor.md is what the checks say (else: npm run docs)", () => {
  const page = readFileSync(new URL("../../../docs/doctor.md", import.meta.url), "utf8");
  expect(page).toBe(renderDoctorDoc());
});

test("there is a test for every row of every check", () => {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" }).filter((file) =>
    /\bdoctor\b.*\.test\.ts$/.test(file),
  );
  const calls = files.flatMap((file) => [
    ...readFileSync(`test/${file}`, "utf8").matchAll(/\brow\(\s*(?:"([^"]+)"|name),\s*"([A-Z_]+)"/g),
  ]);
  const tested = new Set(calls.map(([, name = "docker configuration", row]) => `${name}: ${row}`));
  const all = checks.flatMap(({ name, rows }) => Object.keys(rows).map((row) => `${name}: ${row}`));
  expect(all.filter((one) => !tested.has(one))).toEqual([]);
  const anywhere = new Set(calls.map(([, , row]) => row));
  expect(Object.keys(anyRows).filter((one) => !anywhere.has(one))).toEqual([]);
});

test("what is to be pasted is there for everything that is not ok, and for nothing else", () => {
  const rows = [...checks.flatMap(({ rows }) => Object.values(rows)), ...Object.values(anyRows)];
  expect(rows.filter(({ state, repair }) => (state === "ok") !== (repair === undefined))).toEqual([]);
});

test("a check that fails, or never ends, is a finding among the others", async () => {
  const of = (name: string, look: () => Promise<never> | undefined) =>
    check({ name, about: "", rows: {}, limit: 0.05, look, judge: () => [] });
  const ill = [
    of("hangs", () => new Promise<never>(() => {})),
    of("fails", () => Promise.reject(fail("NO_CONTEXT", { context: "far" }))),
    of("has a bug", () => {
      throw new TypeError("that is no function");
    }),
    of("is fine", () => undefined),
  ];
  const found: Finding[] = [];
  const bugs: unknown[] = [];
  const place = openPlace({ env: {}, context: undefined, onBug: (bug) => bugs.push(bug) });
  for await (const one of diagnose(place, ill)) found.push(one);
  expect(bugs).toEqual([new TypeError("that is no function")]);
  expect(found).toEqual([
    row("hangs", "LATE", { seconds: 0.05 }),
    row("fails", "FAILED", { failure: "There is no Docker context “far”." }),
    row("has a bug", "BUG", { failure: "that is no function" }),
  ]);
});

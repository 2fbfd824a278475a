/**
 * `npm test`: everything that can be wrong. Sets up what it needs, runs the checks, then all tests, then looks for
 * what they left behind. Every check counts as a test; the last line says how many passed and how many failed.
 * `--checks` stops before the tests. There are no skips: where no engine can be raised, that is a failure.
 */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { leftovers } from "../test/support/leftovers.ts";
import { ensureBuilt } from "./setup/build.mjs";
import { root } from "./setup/checkout.mjs";
import { Obstacle, say } from "./setup/say.mjs";
import { ensureTestTools } from "./setup/test-tools.mjs";

interface Count {
  passed: number;
  failed: number;
}

const checks: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ["formatting and lint", "biome", "ci", "--colors=off", "."],
  ["types", "tsc", "-p", "."],
  ["nothing unused", "knip", "--no-progress"],
  ["documents made from data are current", process.execPath, "scripts/docs.ts", "--check"],
];

const count: Count = { passed: 0, failed: 0 };
let interrupted = false;
process.on("SIGINT", () => {
  interrupted = true;
});

const before = leftovers();
for (const [name, command, ...args] of checks) tally(name, await quietly(program(command), args));
if (!process.argv.includes("--checks") && !interrupted) {
  tally("pet is built and the tests' tools are there", await prepared());
  if (!interrupted) await runTests();
  const left = await leftAfter(15_000);
  tally("nothing is left behind", { ok: left.length === 0, output: left.join("\n") });
}

process.exitCode = interrupted ? 130 : Number(count.failed > 0);
console.log(`${count.passed} passed, ${count.failed} failed`);

function tally(name: string, { ok, output }: { ok: boolean; output: string }): void {
  count[ok ? "passed" : "failed"]++;
  console.log(`${ok ? "✓" : "✗"} ${name}`);
  if (!ok) console.log(output.trimEnd().replace(/^/gm, "    "));
}

/** After a Ctrl-C the engine's keeper may still be at it. */
async function leftAfter(patienceMs: number): Promise<string[]> {
  const until = Date.now() + patienceMs;
  while (true) {
    const left = leftovers().filter((thing) => !before.includes(thing));
    if (left.length === 0 || Date.now() > until) return left;
    await sleep(500);
  }
}

async function prepared(): Promise<{ ok: boolean; output: string }> {
  try {
    await ensureBuilt(process.execPath);
    await ensureTestTools(say);
    return { ok: true, output: "" };
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    return { ok: false, output: `${error.message}\n${error.hint}` };
  }
}

async function runTests(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "pet-report-"));
  const report = join(directory, "report.json");
  try {
    const status = await inView(program("vitest"), [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ]);
    add(status, read(report));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function add(status: number, report: Readonly<Record<string, unknown>>): void {
  const number = (key: string) => Number(report[key] ?? 0);
  count.passed += number("numPassedTests");
  // A test that did not run has shown nothing.
  const failed = number("numFailedTests") + number("numPendingTests") + number("numTodoTests");
  // A file that could not be loaded, or an engine that could not be raised, has no test to its name.
  count.failed += failed === 0 && status !== 0 ? 1 : failed;
}

function read(report: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return {};
  }
}

function program(name: string): string {
  return name.includes("/") ? name : join(root, "node_modules", ".bin", name);
}

function quietly(command: string, args: readonly string[]): Promise<{ ok: boolean; output: string }> {
  const child = spawn(command, [...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ ok: false, output: error.message }));
    child.once("close", (status) => resolve({ ok: status === 0, output }));
  });
}

function inView(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, [...args], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("close", (status) => resolve(status ?? 130));
  });
}

/** Scratch directories that are gone when the test, or the file of tests, that asked for one is done. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), `pet-test-${process.pid}-`));
  afterwards(() => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

/** Runs when the running test ends, or, outside of one, after the file's last. */
export function afterwards(step: () => void | Promise<void>): void {
  try {
    onTestFinished(step);
  } catch {
    afterAll(step);
  }
}

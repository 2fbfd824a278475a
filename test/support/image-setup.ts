/**
 * Vitest's global set-up of the projects that work with pets: the image they all use is built once, by pet itself,
 * before files that run side by side would each begin to build it.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { petCommand } from "./command.ts";
import { testEngine } from "./engine.ts";
import { hostEnvironment } from "./environment.ts";
import { runToEnd } from "./run-to-end.ts";

export default async function buildImage(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), `pet-test-${process.pid}-`));
  const env = { ...hostEnvironment(), HOME: home, DOCKER_HOST: testEngine().dockerHost };
  try {
    const built = await runToEnd(petCommand, ["warm", "--build"], { env, timeoutMs: 15 * 60_000 });
    if (built.status !== 0) throw new Error(`pet warm --build: ${built.stdout}${built.stderr}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

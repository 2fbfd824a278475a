/** `--clean`: the .env file goes, and nothing else. */

import { existsSync, rmSync } from "node:fs";
import type { Target, World } from "./world.ts";

export function clean(world: World, { envFile }: Target): void {
  if (!existsSync(envFile)) {
    world.report.note(`there is no ${envFile}`);
  } else if (world.dryRun) {
    world.report.answer(`remove file ${envFile}`);
  } else {
    rmSync(envFile, { force: true });
    world.report.note(`removed ${envFile}`);
  }
}

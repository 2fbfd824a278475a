/** What `pet doctor` looks at, in the order of its report. */

import { aliases } from "./aliases.ts";
import { baseImage } from "./base-image.ts";
import type { Check } from "./check.ts";
import { command } from "./command.ts";
import { completion } from "./completion.ts";
import { config } from "./config.ts";
import { disk } from "./disk.ts";
import { dockerConfig } from "./docker-config.ts";
import { engine } from "./engine.ts";
import { node } from "./node.ts";
import { storage } from "./storage.ts";
import { terminal } from "./terminal.ts";
import { version } from "./version.ts";

export const checks: readonly Check[] = [
  node,
  command,
  engine,
  version,
  storage,
  baseImage,
  disk,
  config,
  dockerConfig,
  terminal,
  aliases,
  completion,
];

/** Every engine that keeps the contract. A new one is a line here. */

import { dockerGround } from "./docker/ground.ts";
import type { Ground } from "./ground.ts";
import { memoryGround } from "./memory.ts";

export const subjects: readonly (readonly [string, () => Promise<Ground>])[] = [
  ["memory", memoryGround],
  ["docker", dockerGround],
];

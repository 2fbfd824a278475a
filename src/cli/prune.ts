import type { Environment } from "../config/place.ts";
import type { Given } from "./parse.ts";

export async function prune(_given: Given, _env: Environment): Promise<number> {
  return 0;
}

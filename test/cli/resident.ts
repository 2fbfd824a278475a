/** Someone with pets on the tests' engine, which are gone when their tests are. */

import { afterAll } from "vitest";
import { type Person, person } from "../support/cli.ts";
import type { Environment } from "../support/environment.ts";

export function resident(env: Environment = {}): Person {
  return person(env);
}

/** Removes the pets of these names when the file's tests are done, whatever became of them. */
export function destroyAfterwards(me: Person, ...names: readonly string[]): void {
  afterAll(async () => {
    for (const name of names) await me.pet([name, "--destroy", "--yes"]);
  });
}

/** From an invocation to flows. What only some verbs need is loaded when they run. */

import type { Environment } from "../config/place.ts";
import type { Invocation } from "./parse.ts";
import { runPet } from "./run-pet.ts";

/** Carries an invocation out and returns the exit status. */
export async function run(invocation: Invocation, env: Environment): Promise<number> {
  switch (invocation.kind) {
    case "command": {
      const { runCommandWord } = await import("./run-command.ts");
      return await runCommandWord(invocation, env);
    }
    case "pet-command": {
      const { runPetCommand } = await import("./run-pet-command.ts");
      return await runPetCommand(invocation, env);
    }
    case "overview": {
      const { overview } = await import("./run-command.ts");
      return await overview(invocation.given, env);
    }
    case "pet": {
      return await runPet(invocation, env);
    }
  }
}

/** `pet alias`: a pet's name as a command of the shell. */

import { bash } from "../alias/bash.ts";
import { aliasName, carryOut, hiddenBy, planStartUp } from "../alias/start-up.ts";
import { type Environment, homeDirectory } from "../config/place.ts";
import { fail } from "../pet/errors.ts";
import type { InstanceName } from "../pet/names.ts";
import { completionScript } from "./completion.ts";
import type { Given } from "./parse.ts";

export async function alias(names: readonly InstanceName[], given: Given, env: Environment): Promise<number> {
  if (names.length === 0) throw fail("NO_ALIAS");
  const { flags } = given;
  if (flags.has("install") && flags.has("uninstall")) {
    throw fail("VERBS_CLASH", { verb: "--install", other: "--uninstall" });
  }
  if (flags.has("install") || flags.has("uninstall")) {
    changeStartUp(names, flags.has("install") ? "install" : "uninstall", given, env);
  } else {
    const code = bash.aliasCode(names.map((name) => aliasName(bash, name)));
    process.stdout.write(`${completionScript("bash")}${code}`);
  }
  return 0;
}

function changeStartUp(
  names: readonly InstanceName[],
  change: "install" | "uninstall",
  given: Given,
  env: Environment,
): void {
  const plan = planStartUp(
    bash,
    homeDirectory(env),
    change === "install" ? { install: names } : { uninstall: names },
  );
  if (plan.change.length === 0) {
    console.error(`nothing to change in ${plan.file}`);
    return;
  }
  console.log([plan.file, ...plan.change].join("\n"));
  if (given.flags.has("dry-run")) return;
  carryOut(plan);
  if (change === "uninstall") return;
  for (const name of names) {
    const hidden = hiddenBy(name, env.PATH);
    if (hidden !== undefined)
      console.error(`from now on ${name} is your pet; the program is still ${hidden}`);
  }
  console.error(`in every new shell ${names.join(", ")} will be there; in this one after: . ${plan.file}`);
}

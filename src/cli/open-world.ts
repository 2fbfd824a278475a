/** The world that flows work in, opened from what was given on the command line and in the environment. */

import { isatty } from "node:tty";
import { configDirectory, type Environment } from "../config/place.ts";
import { connect } from "../contexts/connect.ts";
import { currentContext } from "../contexts/current.ts";
import type { World } from "../flows/world.ts";
import { cacheDirectory } from "../system/places.ts";
import { stdinKind } from "../system/stdin.ts";
import { openAsk } from "./ask.ts";
import type { Given } from "./parse.ts";
import { openReport } from "./report.ts";

export function openWorld(given: Given, env: Environment, call: string): World {
  const context = currentContext({ flag: given.values.context, env });
  const mayAsk = stdinKind() === "terminal" && isatty(2) && !given.flags.has("no-input");
  return {
    engine: connect(context, env),
    context: context.name,
    remote: context.endpoint.kind !== "unix",
    configDirectory: configDirectory(env),
    cacheDirectory: cacheDirectory(env),
    report: openReport(),
    ask: openAsk({ yes: given.flags.has("yes"), mayAsk }),
    mayAsk,
    dryRun: given.flags.has("dry-run"),
    call,
  };
}

/** What an engine itself says and does, by docker's own client: no code of pet's in between. */

import { runToEnd } from "../support/cli.ts";
import { testEngine } from "../support/engine.ts";
import { hostEnvironment } from "../support/environment.ts";

/** Runs `docker …` against the tests' engine, or the one given, and returns what it printed. */
export async function docker(args: readonly string[], host = testEngine().dockerHost): Promise<string> {
  const { status, stdout, stderr } = await runToEnd("docker", args, {
    env: { ...hostEnvironment(), DOCKER_HOST: host },
  });
  if (status !== 0) throw new Error(`docker ${args.join(" ")}: ${stderr}`);
  return stdout;
}

export interface Things {
  /** `NAME STATE`, sorted. */
  readonly containers: readonly string[];
  /** Names, sorted. */
  readonly volumes: readonly string[];
}

/** The containers and volumes with this text in their names, whoever made them. */
export async function things(named: string, host = testEngine().dockerHost): Promise<Things> {
  const filter = ["--filter", `name=${named}`] as const;
  const [containers, volumes] = await Promise.all([
    docker(["ps", "--all", ...filter, "--format", "{{.Names}} {{.State}}"], host),
    docker(["volume", "ls", ...filter, "--format", "{{.Name}}"], host),
  ]);
  return { containers: linesOf(containers), volumes: linesOf(volumes) };
}

export const nothing: Things = { containers: [], volumes: [] };

/** One thing as the engine's API tells it. */
export async function inspected(name: string, host = testEngine().dockerHost) {
  const [found] = JSON.parse(await docker(["inspect", name], host));
  return found;
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .sort();
}

/** Which of the ways to name an engine counts: pure. */

export interface Given {
  /** Value of `--context`. */
  readonly flag: string | undefined;
  readonly env: Environment;
  /** `currentContext` of Docker's own configuration; asked for only where nothing else counts. */
  readonly configured: () => string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A context by its name, or an address as DOCKER_HOST has it. */
export interface Choice {
  readonly by: "name" | "address";
  readonly value: string;
  /** What made the choice, for a person who wonders. */
  readonly why: string;
}

export function chooseContext({ flag, env, configured }: Given): Choice {
  if (flag) return { by: "name", value: flag, why: "--context" };
  if (env.PET_CONTEXT) return { by: "name", value: env.PET_CONTEXT, why: "PET_CONTEXT" };
  if (env.DOCKER_HOST) return { by: "address", value: env.DOCKER_HOST, why: "DOCKER_HOST" };
  if (env.DOCKER_CONTEXT) return { by: "name", value: env.DOCKER_CONTEXT, why: "DOCKER_CONTEXT" };
  const current = configured();
  if (current) return { by: "name", value: current, why: "Docker's configuration" };
  return { by: "name", value: "default", why: "the default" };
}

/** The environment a program under test starts with: the machine's, without what would lead it to a person's things. */

export type Environment = Readonly<Record<string, string | undefined>>;

const personal =
  /^(PET_|DOCKER_|XDG_|BUILDKIT_|COMPOSE_|KUBECONFIG$|NO_COLOR$|FORCE_COLOR$|COLORTERM$|CI$|VITEST|TEST$|NODE_ENV$|NODE_V8_COVERAGE$|TERM$|LANG$|LC_|TZ$)/;

export function hostEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !personal.test(name));
  return { ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""])), LANG: "C.UTF-8" };
}

/** Lays one over another, as plain strings; undefined takes a variable away. */
export function laidOver(base: Environment, over: Environment): Record<string, string> {
  const all = Object.entries({ ...base, ...over });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

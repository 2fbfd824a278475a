/** What the engine is asked to make: one workspace container and one home, fully spelled out. */

import type { ContainerName, HomeName } from "./names.ts";
import type { Mount } from "./settings.ts";

export type Labels = Readonly<Record<string, string>>;

/** A TTY as the engine is to create it. Every engine runs it unprivileged: no capability, no new privileges. */
export interface Workspace {
  readonly name: ContainerName;
  readonly hostname: string;
  /** Image reference that the engine has. */
  readonly image: string;
  readonly uid: number;
  readonly gid: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Labels;
  readonly home: HomeName;
  readonly mounts: readonly Mount[];
  /** CPUs, 0 for no limit. */
  readonly cpus: number;
  /** Bytes, 0 for no limit. */
  readonly memory: number;
  readonly pids: number;
  readonly readOnly: boolean;
}

export interface HomeVolume {
  readonly name: HomeName;
  readonly labels: Labels;
}

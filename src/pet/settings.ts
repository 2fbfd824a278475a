/** What a person can wish for in a pet, as typed values. config/ reads them from a .env file, labels remember them. */

export interface Mount {
  /** Absolute path on the engine's host. */
  readonly source: string;
  /** Absolute path inside. */
  readonly target: string;
  readonly readOnly: boolean;
}

export interface Settings {
  /** Name of the image recipe. */
  readonly terminal: string;
  /** Reference of an image that is used as it is, in place of a recipe's, or empty. */
  readonly image: string;
  readonly prefix: string;
  /** Image the recipe starts from. */
  readonly baseImage: string;
  readonly user: string;
  readonly uid: number;
  readonly gid: number;
  /** Login shell, absolute path inside. */
  readonly shell: string;
  /** Debian packages beyond the recipe's, sorted. */
  readonly packages: readonly string[];
  readonly gitName: string;
  readonly gitEmail: string;
  /** CPUs, 0 for no limit. */
  readonly cpus: number;
  /** Bytes, 0 for no limit. */
  readonly memory: number;
  readonly pids: number;
  readonly readOnly: boolean;
  readonly mounts: readonly Mount[];
  readonly environment: Readonly<Record<string, string>>;
  /** In the docker CLI's notation, `ctrl-\` or `ctrl-p,ctrl-q`. Used at the near end only. */
  readonly detachKeys: string;
  /** IANA name, or empty for UTC. */
  readonly timeZone: string;
  readonly locale: string;
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
  /** Path on this machine of a PEM file with extra certificate authorities, or empty. */
  readonly caFile: string;
  /** Bytes of a console's output kept for those who come back. */
  readonly scrollback: number;
  /** Seconds that a recreated TTY may take to answer before the old one is kept. Used at the near end only. */
  readonly readySeconds: number;
  /** Extra labels on all that is made for this pet. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The keys of a pet's .env file: one row each. Reading, writing, the questions of --config, completion and
 * docs/configuration.md all come from these rows.
 */

import type { Settings } from "../pet/settings.ts";
import type { Host } from "./host.ts";
import * as kinds from "./kinds.ts";
import { mountList, packageList } from "./list-types.ts";
import { bytes, cpuCount, type ValueType, wholeNumber, yesOrNo } from "./types.ts";

export interface Row<Field extends keyof Settings> {
  readonly key: string;
  readonly type: ValueType<Settings[Field]>;
  /** A function's value depends on the machine that pet runs on. */
  readonly default: Settings[Field] | ((host: Host) => Settings[Field]);
  /** Where a default from the host is taken from, for the documentation. */
  readonly from?: string;
  /** Asked by --config. Keys without one have a default that is right for nearly everyone. */
  readonly question?: string;
  readonly help: string;
  readonly example: string;
  /** May hold a password: never in labels, logs or the list of what changed. */
  readonly secret?: true;
  /** What it shapes: the image, the container, or nothing but this machine's end of the line. */
  readonly scope: "image" | "container" | "laptop";
}

export const rows: { readonly [Field in keyof Settings]: Row<Field> } = {
  terminal: {
    key: "PET_TERMINAL",
    type: kinds.terminalName,
    default: "debian",
    question: "Image recipe",
    help: "The image recipe: one of pet's own, or a folder under `terminals/` in the configuration directory.",
    example: "debian",
    scope: "image",
  },
  image: {
    key: "PET_IMAGE",
    type: kinds.prebuiltImage,
    default: "",
    help: "A pre-built image to use as it is, in place of a recipe: pulled where the engine does not have it. PET_TERMINAL, PET_BASE_IMAGE, PET_PACKAGES and PET_CA_FILE shape recipes alone.",
    example: "registry.example.org/me/tools:1",
    scope: "image",
  },
  prefix: {
    key: "PET_PREFIX",
    type: kinds.prefix,
    default: "pet",
    help: "The first part of every name that is made on the engine: `{prefix}-{instance}-{tty}`. Another prefix is another pet.",
    example: "pet",
    scope: "container",
  },
  baseImage: {
    key: "PET_BASE_IMAGE",
    type: kinds.imageReference,
    default: "debian:trixie-slim",
    help: "The image that the recipe starts from.",
    example: "debian:trixie-slim",
    scope: "image",
  },
  user: {
    key: "PET_USER",
    type: kinds.userName,
    default: "developer",
    help: "Your name inside; your home is `/home/` and this name.",
    example: "ada",
    scope: "container",
  },
  uid: {
    key: "PET_UID",
    type: wholeNumber(1, 2147483647),
    default: 1000,
    help: "The user id that everything inside runs as.",
    example: "1000",
    scope: "container",
  },
  gid: {
    key: "PET_GID",
    type: wholeNumber(1, 2147483647),
    default: 1000,
    help: "The group id that everything inside runs as.",
    example: "1000",
    scope: "container",
  },
  shell: {
    key: "PET_SHELL",
    type: kinds.shellPath,
    default: "/bin/bash",
    help: "The login shell, a path inside. One that is not in the recipe comes by PET_PACKAGES.",
    example: "/usr/bin/fish",
    scope: "container",
  },
  packages: {
    key: "PET_PACKAGES",
    type: packageList,
    default: [],
    question: "Debian packages to add",
    help: "Debian packages to have in the image beyond the recipe's own. `pet add` and `pet drop` change them.",
    example: "ripgrep jq python3-venv",
    scope: "image",
  },
  gitName: {
    key: "PET_GIT_NAME",
    type: kinds.gitIdentity,
    default: (host) => host.gitName,
    from: "`user.name` of your git configuration",
    question: "Your name in git commits",
    help: "The name that git commits carry.",
    example: "Ada Lovelace",
    scope: "container",
  },
  gitEmail: {
    key: "PET_GIT_EMAIL",
    type: kinds.gitIdentity,
    default: (host) => host.gitEmail,
    from: "`user.email` of your git configuration",
    question: "Your e-mail address in git commits",
    help: "The e-mail address that git commits carry.",
    example: "ada@example.org",
    scope: "container",
  },
  cpus: {
    key: "PET_CPUS",
    type: cpuCount,
    default: 0,
    question: "CPUs it may use, 0 for no limit",
    help: "How many CPUs each TTY may use; 0 for no limit.",
    example: "1.5",
    scope: "container",
  },
  memory: {
    key: "PET_MEMORY",
    type: bytes("6m", "16384g", "0 means no limit"),
    default: 0,
    question: "Memory it may use, 0 for no limit",
    help: "How much memory each TTY may use; 0 for no limit.",
    example: "2g",
    scope: "container",
  },
  pids: {
    key: "PET_PIDS",
    type: wholeNumber(32, 4194304),
    default: 4096,
    help: "How many processes and threads each TTY may have.",
    example: "4096",
    scope: "container",
  },
  readOnly: {
    key: "PET_READ_ONLY",
    type: yesOrNo,
    default: false,
    help: "Make the root file system read-only; `/home`, `/tmp` and `/run` stay writable.",
    example: "true",
    scope: "container",
  },
  mounts: {
    key: "PET_MOUNTS",
    type: mountList,
    default: [],
    question: "Directories of this machine to mount",
    help: "Paths of the engine's host to have inside, on a local engine only. A backslash before a space, comma, colon or backslash makes it part of the path.",
    example: "/srv/data:/data:ro",
    scope: "container",
  },
  environment: {
    key: "PET_ENV",
    type: kinds.environment,
    default: {},
    question: "Environment variables to set inside",
    help: "Environment variables for everything inside. A backslash before a space makes it part of the value.",
    example: "EDITOR=vim TOKEN=s3cret",
    secret: true,
    scope: "container",
  },
  detachKeys: {
    key: "PET_DETACH_KEYS",
    type: kinds.detachKeys,
    default: "ctrl-\\",
    help: "The keys that detach, in docker's notation. Pressed twice they go through.",
    example: "ctrl-p,ctrl-q",
    scope: "laptop",
  },
  timeZone: {
    key: "PET_TIMEZONE",
    type: kinds.timeZone,
    default: (host) => host.timeZone,
    from: "this machine's time zone",
    help: "The time zone inside; blank means UTC.",
    example: "Europe/Paris",
    scope: "container",
  },
  locale: {
    key: "PET_LOCALE",
    type: kinds.locale,
    default: (host) => host.locale,
    from: "this machine's locale where it is a UTF-8 one, else `C.UTF-8`",
    help: "The locale inside.",
    example: "en_GB.UTF-8",
    scope: "container",
  },
  httpProxy: {
    key: "PET_HTTP_PROXY",
    type: kinds.proxy,
    default: (host) => host.httpProxy,
    from: "`http_proxy` or `HTTP_PROXY` of your environment, unless it names this machine alone",
    help: "The proxy for HTTP, inside and in builds; blank means none.",
    example: "http://proxy.example.org:3128",
    secret: true,
    scope: "container",
  },
  httpsProxy: {
    key: "PET_HTTPS_PROXY",
    type: kinds.proxy,
    default: (host) => host.httpsProxy,
    from: "`https_proxy` or `HTTPS_PROXY` of your environment, unless it names this machine alone",
    help: "The proxy for HTTPS, inside and in builds; blank means none.",
    example: "http://proxy.example.org:3128",
    secret: true,
    scope: "container",
  },
  noProxy: {
    key: "PET_NO_PROXY",
    type: kinds.noProxy,
    default: (host) => host.noProxy,
    from: "`no_proxy` or `NO_PROXY` of your environment",
    help: "Hosts to reach without a proxy.",
    example: "localhost,.example.org",
    secret: true,
    scope: "container",
  },
  caFile: {
    key: "PET_CA_FILE",
    type: kinds.filePath,
    default: "",
    help: "A PEM file on this machine with certificate authorities to trust in addition, inside and in builds.",
    example: "/etc/ssl/certs/our-ca.pem",
    scope: "image",
  },
  scrollback: {
    key: "PET_SCROLLBACK",
    type: bytes("64k", "64m"),
    default: 2 * 1024 ** 2,
    help: "How much of a console's output is kept for those who come back.",
    example: "2m",
    scope: "container",
  },
  readySeconds: {
    key: "PET_READY_SECONDS",
    type: wholeNumber(1, 86400),
    default: 60,
    help: "How many seconds a recreated TTY may take to answer; after that the old one is kept.",
    example: "300",
    scope: "laptop",
  },
  labels: {
    key: "PET_LABELS",
    type: kinds.labels,
    default: {},
    help: "Labels for all that is made on the engine for this pet.",
    example: "team=compilers",
    scope: "container",
  },
};

/** The same rows in their order. */
export const schema: readonly (typeof rows)[keyof Settings][] = Object.values(rows);

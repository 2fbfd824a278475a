/** From settings to what the engine is asked to make. */

import { homeLabels, imageContract, label, ttyLabels } from "./labels.ts";
import { type Address, containerName, homeName } from "./names.ts";
import type { Settings } from "./settings.ts";
import type { HomeVolume, Labels, Workspace } from "./workspace.ts";

/** What a container remembers of its making: the settings that may be read by all, and a hash over the others too. */
export interface Memory {
  /** JSON without secrets. */
  readonly spec: string;
  readonly hash: string;
}

export function workspaceOf(address: Address, settings: Settings, image: string, memory: Memory): Workspace {
  return {
    name: containerName(address),
    hostname: containerName(address),
    image,
    uid: settings.uid,
    gid: settings.gid,
    environment: environmentOf(address, settings),
    labels: { ...settings.labels, ...remembered(memory), ...ttyLabels(address), [label.tty]: address.tty },
    home: homeName(address),
    mounts: settings.mounts,
    cpus: settings.cpus,
    memory: settings.memory,
    pids: settings.pids,
    readOnly: settings.readOnly,
  };
}

export function homeOf(address: Address, settings: Settings, memory: Memory): HomeVolume {
  return {
    name: homeName(address),
    labels: { ...settings.labels, ...remembered(memory), ...homeLabels(address) },
  };
}

function remembered(memory: Memory): Labels {
  return { [label.spec]: memory.spec, [label.hash]: memory.hash, [label.contract]: imageContract };
}

/** The environment of a TTY's first process; terminals/base reads the PET_ names. A person's own come last and win. */
function environmentOf(address: Address, settings: Settings): Readonly<Record<string, string>> {
  const { httpProxy, httpsProxy, noProxy } = settings;
  const own = withoutBlank({
    PET_INSTANCE: address.instance,
    PET_TTY: address.tty,
    // For those who come in by the engine's own exec: the name is none that the image knows.
    HOME: `/home/${settings.user}`,
    PET_USER: settings.user,
    PET_UID: String(settings.uid),
    PET_GID: String(settings.gid),
    PET_SHELL: settings.shell,
    PET_SCROLLBACK: String(settings.scrollback),
    PET_GIT_NAME: settings.gitName,
    PET_GIT_EMAIL: settings.gitEmail,
    TZ: settings.timeZone,
    LANG: settings.locale,
    http_proxy: httpProxy,
    HTTP_PROXY: httpProxy,
    https_proxy: httpsProxy,
    HTTPS_PROXY: httpsProxy,
    no_proxy: noProxy,
    NO_PROXY: noProxy,
  });
  return { ...own, ...settings.environment };
}

function withoutBlank(all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

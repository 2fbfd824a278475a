/** Recipes written for a test, and settings to prepare them with. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Prefix } from "../../../src/pet/names.ts";
import type { Settings } from "../../../src/pet/settings.ts";
import { temporaryDirectory } from "../../support/temporary.ts";

export function folder(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  lay(directory, files);
  return directory;
}

export function lay(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

/** A configuration directory with a recipe `mine`, and recipes that come with pet: `plain`. */
export function places(mine: Readonly<Record<string, string>> = {}) {
  const own = Object.entries({ Dockerfile: "FROM mine\n", ...mine });
  return {
    configDirectory: folder(Object.fromEntries(own.map(([path, text]) => [`terminals/mine/${path}`, text]))),
    packaged: folder({
      "base/entry": "#!/bin/sh\n",
      "base/README.md": "about",
      "plain/Dockerfile": "FROM plain\n",
      "plain/terminal.json": '{ "description": "Plain" }',
    }),
  };
}

export const settings: Settings = {
  terminal: "mine",
  image: "",
  prefix: "pet" as Prefix,
  baseImage: "debian:trixie-slim",
  user: "developer",
  uid: 1000,
  gid: 1000,
  shell: "/bin/bash",
  packages: ["git", "less"],
  gitName: "",
  gitEmail: "",
  cpus: 0,
  memory: 0,
  pids: 4096,
  readOnly: false,
  mounts: [],
  environment: {},
  detachKeys: "ctrl-\\",
  timeZone: "",
  locale: "C.UTF-8",
  httpProxy: "",
  httpsProxy: "",
  noProxy: "",
  caFile: "",
  scrollback: 2_000_000,
  readySeconds: 60,
  labels: {},
};

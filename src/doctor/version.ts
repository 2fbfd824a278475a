/** Whether the engine is one that pet can work with. */

import type { EngineInfo } from "../engine/engine.ts";
import { check, say } from "./check.ts";
import { otherwise } from "./offer.ts";

interface Facts extends Pick<EngineInfo, "product" | "version"> {
  /** What undoes the choice of this engine. */
  readonly undo: string;
}

const rows = {
  FINE: { state: "ok", finding: "{version}" },
  OLD: {
    state: "broken",
    finding: "Docker Engine {version} is too old: pet needs 20.10 or newer",
    repair:
      "sudo apt-get update && sudo apt-get install docker.io    # or: https://docs.docker.com/engine/install",
  },
  UNREADABLE: {
    state: "warning",
    finding: "“{version}” is no version that pet can read; 20.10 or newer is needed",
    repair: "docker version",
  },
  PODMAN: {
    state: "broken",
    finding: "this is Podman {version}, which refuses the containers that pet asks for",
    repair: "{undo}    # and have a Docker Engine: https://docs.docker.com/engine/install",
  },
  NEW_PODMAN: {
    state: "warning",
    finding: "this is Podman {version}, which pet was never tried with",
    repair: "{undo}    # and have a Docker Engine: https://docs.docker.com/engine/install",
  },
} as const;

export const version = check<Facts | undefined>({
  name: "engine version",
  about: "Docker Engine is 20.10 or newer, and is not really Podman",
  rows,
  limit: 30,
  async look(place) {
    const met = await place.engine();
    return met.kind === "answers" ? { ...met.info, undo: otherwise(met.context) } : undefined;
  },
  judge(info) {
    if (info === undefined) return [];
    const { product, version, undo } = info;
    const number = numberOf(version);
    // 4.3.1 was seen to refuse the owner of a tmpfs.
    if (product === "Podman")
      return [say(number !== undefined && number < 5_00 ? rows.PODMAN : rows.NEW_PODMAN, { version, undo })];
    if (number === undefined) return [say(rows.UNREADABLE, { version })];
    return [say(number < 20_10 ? rows.OLD : rows.FINE, { version })];
  },
});

/** `20.10.24+dfsg1` as 2010. */
function numberOf(version: string): number | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? undefined : Number(major) * 100 + Number(minor);
}

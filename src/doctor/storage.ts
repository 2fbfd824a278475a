/** How the engine keeps layers. */

import type { EngineInfo } from "../engine/engine.ts";
import { check, say } from "./check.ts";

type Facts = Pick<EngineInfo, "storage" | "product"> | undefined;

const rows = {
  FINE: { state: "ok", finding: "{storage}" },
  VFS: {
    state: "warning",
    finding: "vfs copies the whole image for every layer and every TTY: slow, and large",
    repair:
      'sudoedit /etc/docker/daemon.json    # "storage-driver": "overlay2", then restart the engine: homes stay, images are made anew',
  },
  PODMAN_VFS: {
    state: "warning",
    finding: "vfs copies the whole image for every layer and every TTY: slow, and large",
    repair:
      "sudoedit /etc/containers/storage.conf    # [storage] driver: overlay; it counts once Podman is emptied",
  },
} as const;

export const storage = check<Facts>({
  name: "storage",
  about: "the engine shares layers between images and containers",
  rows,
  limit: 30,
  async look(place) {
    const met = await place.engine();
    return met.kind === "answers" ? met.info : undefined;
  },
  judge(info) {
    if (info === undefined) return [];
    if (info.storage !== "vfs") return [say(rows.FINE, { storage: info.storage })];
    return [info.product === "Podman" ? say(rows.PODMAN_VFS) : say(rows.VFS)];
  },
});

/** A workspace in the engine's words: unprivileged from its first instruction. */

import { labelsOfHome } from "../../pet/labels.ts";
import type { HomeVolume, Workspace } from "../../pet/workspace.ts";

export function containerBody(workspace: Workspace): Readonly<Record<string, unknown>> {
  const { uid, gid } = workspace;
  return {
    Image: workspace.image,
    Hostname: workspace.hostname,
    User: `${uid}:${gid}`,
    Env: Object.entries(workspace.environment).map(([name, value]) => `${name}=${value}`),
    Labels: workspace.labels,
    HostConfig: {
      CapDrop: ["ALL"],
      // The default seccomp profile holds where none is named.
      SecurityOpt: ["no-new-privileges"],
      PidsLimit: workspace.pids,
      ReadonlyRootfs: workspace.readOnly,
      // The image's entry point is tini already.
      Init: false,
      RestartPolicy: { Name: "unless-stopped" },
      NanoCpus: Math.round(workspace.cpus * 1e9),
      Memory: workspace.memory,
      Tmpfs: {
        "/run": `rw,nosuid,nodev,uid=${uid},gid=${gid},mode=0755`,
        "/tmp": "rw,nosuid,nodev,exec,mode=1777",
      },
      Mounts: [
        {
          Type: "volume",
          Source: workspace.home,
          Target: "/home",
          // Should the home have gone a moment ago, the engine makes it here: let it be known for what it is.
          VolumeOptions: { Labels: labelsOfHome(workspace.labels) },
        },
        ...workspace.mounts.map(({ source, target, readOnly }) => ({
          Type: "bind",
          Source: source,
          Target: target,
          ReadOnly: readOnly,
        })),
      ],
    },
  };
}

export function volumeBody(home: HomeVolume): Readonly<Record<string, unknown>> {
  return { Name: home.name, Driver: "local", Labels: home.labels };
}

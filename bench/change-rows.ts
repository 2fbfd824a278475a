/** What changing a pet costs, and looking at two hundred. */

import { execFileSync } from "node:child_process";
import type { Row } from "./measure.ts";
import type { Stage } from "./stage.ts";
import { toEnd } from "./timed.ts";

const peer = "bench-peer";
const crowd = 200;

export function changeRows(stage: Stage): readonly Row[] {
  const { pet, docker, env, image } = stage;
  const run = ["run", "--detach", "--name", peer, "--volume", "bench-peer:/home", image];
  const printed = (...args: readonly string[]) =>
    execFileSync("docker", [...args], { env, encoding: "utf8" })
      .split("\n")
      .filter((line) => line !== "");
  let crowded = false;

  return [
    {
      what: "`pet foo --recreate`",
      beside: "`docker stop`, `docker rm` and `docker run -d`",
      aim: { kind: "ratio", most: 1.2 },
      share: 0.5,
      before: async () => {
        if (printed("ps", "--quiet", "--filter", `name=^${peer}$`).length === 0) await docker(...run);
      },
      ours: () => pet("bench", "--recreate"),
      theirs: async () => (await docker("stop", peer)) + (await docker("rm", peer)) + (await docker(...run)),
    },
    {
      what: "`pet foo add PACKAGE`, its image",
      beside: "the same `docker build`",
      aim: { kind: "ratio", most: 1.2 },
      share: 0.3,
      before: async () => {
        await pet("benchadd", "PET_PACKAGES=");
        // Else what one has built would be there for the other.
        const built = ["bench=more", "pet.layers=tree"].flatMap((label) =>
          printed("images", "--quiet", "--filter", `label=${label}`),
        );
        if (built.length > 0) await docker("rmi", "--force", ...new Set(built));
      },
      ours: () => pet("benchadd", "add", "tree"),
      theirs: () =>
        toEnd(
          "docker",
          ["build", "--quiet", "--label", "bench=more", ...stage.withPackage.buildArgs, "-"],
          env,
          stage.withPackage.context,
        ),
    },
    {
      what: `\`pet status\`, ${crowd} containers`,
      beside: "`docker ps --all`",
      aim: { kind: "ratio", most: 2 },
      before: async () => {
        if (crowded) return;
        crowded = true;
        await docker("rm", "--force", peer);
        for (let number = 0; number < crowd; number++) {
          const labels = Object.entries({ kind: "tty", prefix: "pet", instance: `crowd${number}`, tty: "1" });
          const flags = labels.map(([name, value]) => `--label=pet.${name}=${value}`);
          await docker("create", "--name", `pet-crowd${number}-1`, ...flags, image);
        }
      },
      ours: () => pet("status"),
      theirs: () => docker("ps", "--all"),
    },
  ];
}

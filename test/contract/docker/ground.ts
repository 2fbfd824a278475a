/** The tests' own Docker Engine, with an image built by pet's own build. */

import Docker from "dockerode";
import { connectDocker } from "../../../src/engine/docker/index.ts";
import { label } from "../../../src/pet/labels.ts";
import { testEngine } from "../../support/engine.ts";
import { registry } from "../../support/registry.ts";
import { type Ground, testLabel } from "../ground.ts";
import { dockerfileContext } from "../recipe.ts";

const dockerfile = `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
RUN mkdir -p /home && chown 1000:1000 /home
ENTRYPOINT ["/bin/sh", "-c", "trap 'exit 0' TERM; echo started; while :; do sleep 1 & wait; done"]
`;

export async function dockerGround(): Promise<Ground> {
  const { socket, baseImage } = testEngine();
  const engine = connectDocker({ kind: "unix", path: socket });
  const image = `pet-test/ground:${process.pid}`;
  const request = {
    tag: image,
    context: () => dockerfileContext(dockerfile),
    buildArgs: { BASE_IMAGE: baseImage },
    labels: { ...testLabel, [label.kind]: "image" },
    pull: false,
    noCache: false,
  };
  for await (const _ of engine.build(request));
  const { address } = await registry({ for: "everybody" });
  return {
    engine,
    image,
    baseImage,
    registry: address,
    clean: () => clean(new Docker({ socketPath: socket })),
  };
}

async function clean(docker: Docker): Promise<void> {
  const filters = { label: Object.entries(testLabel).map(([name, value]) => `${name}=${value}`) };
  for (const { Id } of await docker.listContainers({ all: true, filters })) {
    await docker.getContainer(Id).remove({ force: true });
  }
  const { Volumes } = await docker.listVolumes({ filters });
  for (const { Name } of Volumes) await docker.getVolume(Name).remove();
  for (const { Id } of await docker.listImages({ filters })) {
    await docker.getImage(Id).remove({ force: true });
  }
}

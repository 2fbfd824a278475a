/** Puts the image that recipes start from into the tests' engine: from an engine that has it, else from scratch. */

import { ensureBaseImage } from "../../../scripts/setup/base-image.mjs";
import { answers, copyImages, hasImage } from "./api.ts";

const candidates = ["debian:trixie-slim", "pet/base:trixie"] as const;

export async function provideBaseImage(socket: string): Promise<string> {
  for (const image of candidates) if (await hasImage(socket, image)) return image;
  const other = otherEngine();
  if (await answers(other)) {
    for (const image of candidates) {
      if (!(await hasImage(other, image))) continue;
      await copyImages(other, socket, [image]);
      return image;
    }
  }
  return ensureBaseImage(socket, () => {});
}

function otherEngine(): string {
  const host = process.env.DOCKER_HOST ?? "";
  return host.startsWith("unix://") ? host.slice("unix://".length) : "/var/run/docker.sock";
}

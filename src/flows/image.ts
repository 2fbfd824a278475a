/** The image a wish needs: its tag, whether the engine has it, and how to come by it. */

import { buildRequest } from "../image/base-image.ts";
import { prepareImage } from "../image/prepare.ts";
import type { Wish } from "./wish.ts";
import type { World } from "./world.ts";

export interface NeededImage {
  readonly tag: string;
  readonly there: boolean;
  readonly build: () => Promise<void>;
}

export interface Manner {
  /** Look for a newer base image. */
  readonly pull: boolean;
  /** Build every layer anew. */
  readonly noCache: boolean;
}

const usual: Manner = { pull: false, noCache: false };

export async function imageFor(
  { engine, configDirectory, report }: World,
  { settings }: Wish,
  manner: Manner = usual,
): Promise<NeededImage> {
  const prepared = await prepareImage(settings, { configDirectory });
  return {
    tag: prepared.tag,
    there: (await engine.image(prepared.tag)) !== undefined,
    build: async () => {
      const request = await buildRequest(engine, prepared, manner);
      await report.follow(`building ${prepared.tag}`, engine.build(request));
    },
  };
}

/** The image a wish needs: its name, whether the engine has it, and how to come by it. */

import { buildRequest } from "../image/base-image.ts";
import { type Layers, layersIn } from "../image/layers.ts";
import { prepareImage } from "../image/prepare.ts";
import { unknownPackage } from "../image/unknown-package.ts";
import { isFailure } from "../pet/errors.ts";
import { label, ttyLabels } from "../pet/labels.ts";
import type { Census } from "./census.ts";
import type { Manner, NeededImage } from "./needed-image.ts";
import type { Wish } from "./wish.ts";
import type { World } from "./world.ts";

const usual: Manner = { pull: false, noCache: false };

export async function imageFor(world: World, wish: Wish, manner: Manner = usual): Promise<NeededImage> {
  const { engine, configDirectory, report } = world;
  if (wish.settings.image !== "") {
    const { prebuiltImage } = await import("./prebuilt.ts");
    return await prebuiltImage(world, wish.settings, manner);
  }
  const prepared = await prepareImage(wish.settings, { configDirectory });
  return {
    tag: prepared.tag,
    there: (await engine.image(prepared.tag)) !== undefined,
    way: "build",
    obtain: async () => {
      const before = await layersThere(world, wish);
      const request = await buildRequest(engine, prepared, { ...manner, before });
      await report.follow(`building ${prepared.tag}`, engine.build(request)).catch((error: unknown) => {
        throw unknownPackage(error, world.call) ?? error;
      });
    },
  };
}

/** Of TTYs that are to have the same image, the first one's comes by it for all. */
export async function obtainMissing(images: readonly NeededImage[]): Promise<void> {
  const missing = new Map(images.filter(({ there }) => !there).map((image) => [image.tag, image]));
  for (const image of missing.values()) await image.obtain();
}

/** The layers of packages of the images that this pet's TTYs are made from. */
async function layersThere({ engine }: World, { address }: Wish): Promise<readonly Layers[]> {
  const ttys = await engine.list(ttyLabels(address));
  const images = await Promise.all(
    [...new Set(ttys.map(({ imageId }) => imageId))].map((id) => engine.image(id)),
  );
  return images.map((image) => layersIn(image?.labels[label.layers]));
}

/**
 * For a TTY that is to be made. What its image is made of, a recipe or a CA file, may be on another laptop alone: then
 * it is the image of the TTYs that the pet has already.
 */
export async function imageForTty(
  world: World,
  wish: Wish,
  { ttys }: Pick<Census, "ttys">,
): Promise<NeededImage> {
  try {
    return await imageFor(world, wish);
  } catch (error) {
    if (wish.from !== "engine" || !isFailure(error, "CA_FILE_MISSING", "UNKNOWN_TERMINAL")) throw error;
    const { prefix, instance } = wish.address;
    const sibling = ttys.find(
      ({ labels }) => labels[label.prefix] === prefix && labels[label.instance] === instance,
    );
    if (sibling === undefined || (await world.engine.image(sibling.image)) === undefined) throw error;
    world.report.note(`${error.message} The image of ${sibling.name} is used as it is.`);
    return { tag: sibling.image, there: true, way: "build", obtain: () => Promise.reject(error) };
  }
}

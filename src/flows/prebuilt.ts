/** An image that is used as it is: what the engine has of this name is not asked for again. */

import type { Image } from "../engine/engine.ts";
import { lackOfContract, linesThatGiveIt } from "../image/contract.ts";
import { fail } from "../pet/errors.ts";
import { normalized, shortened } from "../pet/reference.ts";
import type { Settings } from "../pet/settings.ts";
import type { Manner, NeededImage } from "./needed-image.ts";
import type { World } from "./world.ts";

export async function prebuiltImage(
  world: World,
  { image: named, packages }: Pick<Settings, "image" | "packages">,
  { pull }: Pick<Manner, "pull">,
): Promise<NeededImage> {
  const { engine, report } = world;
  const tag = normalized(named);
  if (packages.length > 0) report.note(`PET_PACKAGES shapes recipes alone: ${tag} is used as it is`);
  const found = await engine.image(tag);
  if (found !== undefined && !pull) await refuseUnusable(world, tag, found);
  return {
    tag,
    there: found !== undefined,
    way: "pull",
    obtain: async () => {
      await report.follow(`pulling ${shortened(tag)}`, engine.pull(tag));
      const come = await engine.image(tag);
      if (come === undefined) throw fail("NO_IMAGE", { image: tag });
      await refuseUnusable(world, tag, come);
    },
  };
}

/** @throws NO_CONTRACT, WRONG_ARCHITECTURE */
async function refuseUnusable({ engine, call }: World, tag: string, image: Image): Promise<void> {
  const { architecture } = await engine.info();
  if (image.architecture !== architecture)
    throw fail("WRONG_ARCHITECTURE", { image: tag, wanted: `linux/${architecture}` });
  const reason = lackOfContract(image);
  if (reason === undefined) return;
  const lines = linesThatGiveIt(tag, call).map((line) => `\n  ${line}`);
  throw fail("NO_CONTRACT", { image: tag, reason, lines: lines.join("") });
}

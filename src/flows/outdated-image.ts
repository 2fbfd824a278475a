/** All that changed since a container was made: the keys, and whether its image is still what it would be made from. */

import type { Change } from "../config/difference.ts";
import { rememberedSettings } from "../config/settings.ts";
import type { Engine, Tty } from "../engine/engine.ts";
import { taggedContext } from "../image/tag.ts";
import { isFailure } from "../pet/errors.ts";
import { label } from "../pet/labels.ts";
import { normalized } from "../pet/reference.ts";
import { changedKeys, type Near } from "./outdated.ts";
import type { World } from "./world.ts";

export async function allChanges(world: World, near: Near, tty: Tty): Promise<readonly Change[]> {
  return [...changedKeys(near, tty), ...(await changedImage(world, tty))];
}

/**
 * By the settings that it remembers: a wish that would change the image is told by its key. What the image is made of
 * may be on another laptop alone; then nothing is known of it.
 */
async function changedImage({ engine, configDirectory }: World, tty: Tty): Promise<readonly Change[]> {
  const { labels, imageId, name } = tty;
  const spec = labels[label.spec];
  if (spec === undefined) return [];
  // A list calls an image by its id once its name is another's.
  const image = tty.image.startsWith("sha256:") ? (await engine.inspect(name))?.image : tty.image;
  if (image === undefined) return [];
  try {
    const settings = rememberedSettings(spec, name);
    if (settings.image !== "") return await pulledAnew(engine, normalized(settings.image), imageId);
    const { tag } = await taggedContext(settings, { configDirectory });
    if (tag !== image) return [{ word: "image recipe", line: `image recipe: ${image} → ${tag}` }];
  } catch (error) {
    if (isFailure(error, ...unknowable)) return [];
    throw error;
  }
  const now = await engine.image(image);
  if (now === undefined || now.id === imageId) return [];
  return [{ word: "image", line: `image: ${image} was built anew since` }];
}

/** What the engine has under this name now; what a registry has, `--build --pull` asks. */
async function pulledAnew(engine: Engine, image: string, imageId: string): Promise<readonly Change[]> {
  const now = await engine.image(image);
  if (now === undefined || now.id === imageId) return [];
  return [{ word: "image", line: `image: ${image} was pulled anew since` }];
}

const unknowable = [
  "UNKNOWN_TERMINAL",
  "BAD_TERMINAL",
  "BAD_RECIPE",
  "CA_FILE_MISSING",
  "BROKEN_SPEC",
] as const;

/** Of the images that are pet's those that no container was made from, and none will be. Pure. */

import type { StoredImage } from "../engine/engine.ts";
import { isWanted, type WantedImages } from "./wanted-images.ts";

export interface UnusedImage {
  readonly id: string;
  /** The name that nobody uses; undefined where it has none, as another image was built in its place. */
  readonly name: string | undefined;
  readonly created: Date | undefined;
  /** What goes at most with it; undefined where other names keep it. */
  readonly bytes: number | undefined;
}

/** Names that pet does not give are left alone, and so is what was pulled by its digest. */
export function unusedImages(images: readonly StoredImage[], wanted: WantedImages): readonly UnusedImage[] {
  return images
    .filter(({ used }) => !used)
    .flatMap<UnusedImage>(({ id, names, pinned, created, bytes }) => {
      if (names.length === 0) return pinned ? [] : [{ id, name: undefined, created, bytes }];
      const unused = names.filter((name) => isGivenByPet(name) && !isWanted(name, wanted));
      const all = unused.length === names.length && !pinned;
      return unused.map((name) => ({ id, name, created, bytes: all ? bytes : undefined }));
    });
}

/** As image/prepare.ts makes it. */
function isGivenByPet(name: string): boolean {
  return /^pet\/[^/:]+:[0-9a-f]{16}$/.test(name);
}

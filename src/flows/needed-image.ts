/** The image that a TTY is to be made from, and how to come by it. */

import type { PlannedImage } from "../pet/plan.ts";

export interface NeededImage extends PlannedImage {
  readonly obtain: () => Promise<void>;
}

export interface Manner {
  /** Look for a newer base image, or a newer pre-built one. */
  readonly pull: boolean;
  /** Build every layer anew. */
  readonly noCache: boolean;
}

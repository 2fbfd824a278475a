/** An image's name, which tells what is in it: the recipe's files and every setting that shapes it. */

import { imageContract } from "../pet/labels.ts";
import type { Settings } from "../pet/settings.ts";
import { buildContext } from "./context.ts";
import { imageHash } from "./hash.ts";
import { findTerminal, type Places } from "./terminals.ts";
import type { Entry } from "./tree.ts";

export interface TaggedContext {
  /** `pet/<terminal>:<hash>` */
  readonly tag: string;
  readonly entries: readonly Entry[];
  /** The recipe's. */
  readonly directory: string;
}

/** @throws UNKNOWN_TERMINAL, BAD_RECIPE, CA_FILE_MISSING */
export async function taggedContext(settings: Settings, places: Places): Promise<TaggedContext> {
  const terminal = findTerminal(settings.terminal, places);
  const entries = buildContext(terminal, settings, places);
  const hash = await imageHash(entries, [imageContract, settings.baseImage]);
  return { tag: `pet/${terminal.name}:${hash}`, entries, directory: terminal.directory };
}

/** From settings to an image that can be built: its tag tells what is in it, so that nothing is built twice. */

import type { Readable } from "node:stream";
import { imageContract, label } from "../pet/labels.ts";
import type { Settings } from "../pet/settings.ts";
import type { Labels } from "../pet/workspace.ts";
import { archive } from "./archive.ts";
import type { Layers } from "./layers.ts";
import { inLayers } from "./packages-block.ts";
import { taggedContext } from "./tag.ts";
import type { Places } from "./terminals.ts";

export interface PreparedImage {
  /** `pet/<terminal>:<hash>` */
  readonly tag: string;
  /** With its packages in these layers; in one, unless said otherwise. */
  readonly context: (layers?: Layers) => Readable;
  readonly packages: readonly string[];
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels: Labels;
}

/** Name of the build argument that recipes take their base image from. */
export const baseImageArgument = "BASE_IMAGE";

/** @throws UNKNOWN_TERMINAL, BAD_RECIPE, CA_FILE_MISSING */
export async function prepareImage(settings: Settings, places: Places): Promise<PreparedImage> {
  const { tag, entries, directory } = await taggedContext(settings, places);
  return {
    tag,
    context: (layers = [settings.packages]) => archive(inLayers(entries, layers, directory)),
    packages: settings.packages,
    buildArgs: { [baseImageArgument]: settings.baseImage, ...proxies(settings) },
    labels: { ...settings.labels, [label.kind]: "image", [label.contract]: imageContract },
  };
}

/** Docker knows these without a recipe's naming them, and keeps them out of the image and its history. */
function proxies({ httpProxy, httpsProxy, noProxy }: Settings): Readonly<Record<string, string>> {
  const all = { http_proxy: httpProxy, https_proxy: httpsProxy, no_proxy: noProxy };
  const set = Object.entries(all).filter(([, value]) => value !== "");
  return Object.fromEntries(
    set.flatMap(([name, value]) => [
      [name, value],
      [name.toUpperCase(), value],
    ]),
  );
}

/** What a prepared image is to start from on this engine: its base image, and the layers that are there already. */

import type { BuildRequest, Engine } from "../engine/engine.ts";
import { label } from "../pet/labels.ts";
import { type Layers, layersFor, layersText } from "./layers.ts";
import { baseImageArgument, type PreparedImage } from "./prepare.ts";

/** What a person who wished for nothing else gets. */
export const usualBase = "debian:trixie-slim";
/** Its stand-in where no registry answers: made on this machine by the set-up. */
const madeBase = "pet/base:trixie";

/** An image that the engine has is not asked of a registry, unless that is what `pull` wants. */
export async function buildRequest(
  engine: Pick<Engine, "image">,
  image: PreparedImage,
  {
    pull,
    noCache,
    before = [],
  }: Pick<BuildRequest, "pull" | "noCache"> & { readonly before?: readonly Layers[] },
): Promise<BuildRequest> {
  const wished = image.buildArgs[baseImageArgument] ?? usualBase;
  const base = await baseOn(engine, wished);
  const buildArgs = { ...image.buildArgs, [baseImageArgument]: base };
  // Where every layer is made anew, none is worth keeping apart.
  const layers = layersFor(image.packages, noCache ? [] : before);
  return {
    tag: image.tag,
    context: () => image.context(layers),
    buildArgs,
    labels: { ...image.labels, [label.layers]: layersText(layers) },
    noCache,
    pull: pull && base === wished,
  };
}

/** The image that counts for this wish: the stand-in where it is there and the usual one is not. */
export async function baseOn(engine: Pick<Engine, "image">, wished: string): Promise<string> {
  if (wished !== usualBase || (await engine.image(wished)) !== undefined) return wished;
  return (await engine.image(madeBase)) === undefined ? wished : madeBase;
}

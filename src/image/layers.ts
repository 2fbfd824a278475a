/**
 * Packages in layers. What an image has already stays in the layers it is in, and what is new comes on top: one package
 * more costs one small layer, where an image made from nothing has them all in one. An image tells its layers by a label.
 */

export type Layers = readonly (readonly string[])[];

/** An image cannot have layers without end: with more than this, all packages go into one again. */
const most = 16;

/** How to build these packages, given the layers of images that may be there: whichever leaves the least to be done. */
export function layersFor(wished: readonly string[], before: readonly Layers[]): Layers {
  const ways = [[], ...before].map((layers) => onTopOf(layers, wished));
  const [best] = ways.toSorted((a, b) => anew(a) - anew(b));
  const { kept, rest } = best ?? { kept: [], rest: wished };
  const layers = rest.length === 0 ? kept : [...kept, rest];
  return layers.length > most ? [wished] : layers;
}

interface Way {
  readonly kept: Layers;
  readonly rest: readonly string[];
}

/** A layer stands on those below it, so that the first one with something unwished ends what can be kept. */
function onTopOf(layers: Layers, wished: readonly string[]): Way {
  const end = layers.findIndex((layer) => layer.some((name) => !wished.includes(name)));
  const kept = end < 0 ? layers : layers.slice(0, end);
  const had = new Set(kept.flat());
  return { kept, rest: wished.filter((name) => !had.has(name)) };
}

function anew({ rest }: Way): number {
  return rest.length;
}

/** As a label holds it: `jq tree,ripgrep`. */
export function layersText(layers: Layers): string {
  return layers.map((layer) => layer.join(" ")).join(",");
}

export function layersIn(text: string | undefined): Layers {
  if (text === undefined || text === "") return [];
  return text.split(",").map((layer) => layer.split(" "));
}

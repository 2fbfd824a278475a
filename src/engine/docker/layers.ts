/** What a pull or a push says as it goes, layer by layer, summed into one thing to show; pure. */

import type { Progress } from "../engine.ts";
import { numberAt, textAt } from "./json.ts";

interface Layer {
  readonly done: boolean;
  readonly current: number;
  readonly total: number;
}

/** Returns what a message tells a person; nothing where it is of no layer. */
export function layerReader(): (message: unknown) => readonly Progress[] {
  const layers = new Map<string, Layer>();
  return (message) => {
    const [id, status] = [textAt(message, "id"), textAt(message, "status")];
    if (/^Retrying in /.test(status))
      return [{ step: "a layer broke off; trying again", line: `${id}: ${status}` }];
    const layer = layerAfter(layers.get(id) ?? fresh, status, message);
    if (id === "" || layer === undefined) return [];
    layers.set(id, layer);
    return summed([...layers.values()]);
  };
}

const fresh: Layer = { done: false, current: 0, total: 0 };

function layerAfter(layer: Layer, status: string, message: unknown): Layer | undefined {
  if (waiting.test(status)) return layer;
  if (come.test(status)) return { ...layer, current: layer.total };
  if (done.test(status)) return { ...layer, done: true, current: layer.total };
  if (status !== "Downloading" && status !== "Pushing") return undefined;
  const current = numberAt(message, "progressDetail", "current") ?? layer.current;
  const total = numberAt(message, "progressDetail", "total") ?? layer.total;
  // A layer that is packed on its way may turn out larger than it was said to be.
  return { done: false, current, total: Math.max(total, current) };
}

const waiting = /^(Pulling fs layer|Preparing|Waiting)$/;
const come = /^(Verifying Checksum|Download complete|Extracting)$/;
const done = /^(Pull complete|Already exists|Pushed|Layer already exists|Mounted from .*)$/;

/** Nothing while they are only counted. */
function summed(layers: readonly Layer[]): readonly Progress[] {
  const done = layers.filter((layer) => layer.done).length;
  const current = layers.reduce((sum, layer) => sum + layer.current, 0);
  const total = layers.reduce((sum, layer) => sum + layer.total, 0);
  const step = `${done} of ${layers.length} layers`;
  if (total === 0) return done === 0 ? [] : [{ step }];
  return [{ step, current, total }];
}

/** The labels by which pet knows its own, on every engine. */

import type { Address } from "./names.ts";
import type { Labels } from "./workspace.ts";

export const label = {
  /** `tty`, `home`, `image` or `lock`: what carries it is pet's. */
  kind: "pet.kind",
  prefix: "pet.prefix",
  instance: "pet.instance",
  tty: "pet.tty",
  /** The settings it was made from, as JSON, without what may be secret. */
  spec: "pet.spec",
  /** Hash over the spec and what was given of what it may not hold (config/seal.ts). */
  hash: "pet.hash",
  /** Version of what pet expects inside an image; on every image and TTY. */
  contract: "pet.contract",
  /** On an image: the packages beyond the recipe's, in the layers they are in. */
  layers: "pet.layers",
  /** On a lock: who holds it, since when (ISO 8601). */
  holder: "pet.holder",
  since: "pet.since",
} as const;

/** The image contract: paths, environment and holder protocol of terminals/base. */
export const imageContract = "1";

export type Kind = "tty" | "home" | "image" | "lock";

/** The kind counts: a container that anybody runs from an image of pet's carries that image's labels. */
export function isOwned(labels: Labels | null | undefined, kind: Kind): boolean {
  return labels?.[label.kind] === kind;
}

/** Who holds a lock, in a line of a person's: whoever has the engine can write a label. */
export function holderIn(labels: Labels): string {
  return (labels[label.holder] ?? "?").replace(/[\s\x00-\x1f\x7f-\x9f]+/g, " ").slice(0, 100);
}

/** What every TTY of a pet carries: a list with these finds them all, and never those of `foo-bar` for `foo`. */
export function ttyLabels(pet: Pick<Address, "prefix" | "instance">): Labels {
  return { [label.kind]: "tty", [label.prefix]: pet.prefix, [label.instance]: pet.instance };
}

/** What the home of a TTY with these labels carries. */
export function labelsOfHome(ofTty: Labels): Labels {
  const { [label.tty]: _, ...shared } = ofTty;
  return isOwned(ofTty, "tty") ? { ...shared, [label.kind]: "home" } : shared;
}

export function homeLabels(pet: Pick<Address, "prefix" | "instance">): Labels {
  return { [label.kind]: "home", [label.prefix]: pet.prefix, [label.instance]: pet.instance };
}

/** Whether an image that pet did not build is one it can use: pure, but for where pet's own files are. */

import type { Image } from "../engine/engine.ts";
import { imageContract, isOwned, label } from "../pet/labels.ts";
import { packagedFolder } from "./terminals.ts";

/** What keeps the image from being used; completes the sentence “it is none that pet can use: …”. */
export function lackOfContract({ labels }: Pick<Image, "labels">): string | undefined {
  const contract = labels[label.contract];
  if (contract === undefined) return `it lacks the label ${label.contract}=${imageContract}`;
  if (contract !== imageContract)
    return `its label says ${label.contract}=${contract.replace(/[^\w.-]+/g, "?").slice(0, 20)}, and this pet wants ${label.contract}=${imageContract}`;
  return isOwned(labels, "image") ? undefined : `it lacks the label ${label.kind}=image`;
}

/**
 * The lines that make a usable image of this one, to be pasted into a shell as they are. They stand in quotes and not in
 * a here-document, because they are shown indented.
 */
export function linesThatGiveIt(image: string, call: string): readonly string[] {
  const name = `${basename(image)}-pet`;
  return [
    `echo 'FROM ${image}`,
    "USER root",
    "COPY base /tmp/pet/base",
    "RUN sh /tmp/pet/base/image/system.sh && sh /tmp/pet/base/image/finish.sh",
    `LABEL ${label.kind}=image ${label.contract}=${imageContract}`,
    "USER 1000:1000",
    `ENTRYPOINT ["/usr/bin/tini", "--", "/usr/lib/pet/entry"]' | docker build -t ${name} -f - ${quoted(packagedFolder())}`,
    `${call} PET_IMAGE=${name}`,
  ];
}

/** The last part of what it is called, without tag and digest. */
function basename(image: string): string {
  return image.replace(/[:@][^/]*$/, "").replace(/^.*\//, "");
}

function quoted(path: string): string {
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

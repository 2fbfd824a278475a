/**
 * Puts the image that recipes start from into the tests' engine. No other engine is asked for it: what the first run in
 * a checkout pulled or made is kept there as a file, until how it is made has changed.
 */

import { createReadStream, createWriteStream, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { ensureBaseImage } from "../../../scripts/setup/base-image.mjs";
import { inCheckout } from "../../../scripts/setup/checkout.mjs";
import { say } from "../../../scripts/setup/say.mjs";
import { loadImages, savedImages } from "./api.ts";

const kept = inCheckout("node_modules", ".cache", "pet-base-image.tar");
const recipe = ["base-image.mjs", "debootstrap.mjs"].map((file) => inCheckout("scripts", "setup", file));

export async function provideBaseImage(socket: string): Promise<string> {
  const current = recipe.every((file) => written(kept) > written(file));
  if (current) await loadImages(socket, createReadStream(kept));
  const image = await ensureBaseImage(socket, say);
  if (!current) await keep(socket, image);
  return image;
}

/** Whole or not at all: runs side by side may do the same. */
async function keep(socket: string, image: string): Promise<void> {
  const part = `${kept}.${process.pid}`;
  mkdirSync(dirname(kept), { recursive: true });
  try {
    await pipeline(await savedImages(socket, [image]), createWriteStream(part));
    renameSync(part, kept);
  } finally {
    rmSync(part, { force: true });
  }
}

function written(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

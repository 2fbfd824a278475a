/**
 * The image that recipes start from. Present: nothing to do. Else it is pulled; where no registry answers, Debian's
 * own packages make it: the same thing from the same place, with one more tool.
 */

import { debootstrap } from "./debootstrap.mjs";
import { call, followProgress, hasImage } from "./engine-api.mjs";

const pulledImage = "debian:trixie-slim";
const madeImage = "pet/base:trixie";

/** A registry that says nothing for this long is not there. */
const patienceMs = 20_000;

/**
 * @param {string} socket the engine's
 * @param {(text: string) => void} say
 * @returns {Promise<string>} the image's reference
 */
export async function ensureBaseImage(socket, say) {
  for (const reference of [pulledImage, madeImage]) if (await hasImage(socket, reference)) return reference;
  say(`Pulling the base image ${pulledImage}.`);
  try {
    await pull(socket);
    return pulledImage;
  } catch (error) {
    say(`No registry gave it (${firstLine(error)}).`);
  }
  say(
    `Making a base image, ${madeImage}, from Debian's packages with debootstrap; this takes half a minute.`,
  );
  await debootstrap(say, async (tar) => {
    const [repository, tag] = madeImage.split(":");
    const answer = await call(socket, "POST", `/images/create?fromSrc=-&repo=${repository}&tag=${tag}`, tar);
    await followProgress(answer, () => {});
  });
  return madeImage;
}

/** @param {string} socket */
async function pull(socket) {
  const [repository, tag] = pulledImage.split(":");
  const answer = await withPatience(
    call(socket, "POST", `/images/create?fromImage=${repository}&tag=${tag}`),
  );
  let timer = setTimeout(() => answer.body.destroy(new Error("no progress")), patienceMs);
  try {
    await followProgress(answer, () => {
      clearTimeout(timer);
      timer = setTimeout(() => answer.body.destroy(new Error("no progress")), patienceMs);
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @template Result
 * @param {Promise<Result>} promise
 * @returns {Promise<Result>}
 */
async function withPatience(promise) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const impatience = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("it did not answer")), patienceMs);
  });
  try {
    return /** @type {Result} */ (await Promise.race([promise, impatience]));
  } finally {
    clearTimeout(timer);
  }
}

/** @param {unknown} error */
function firstLine(error) {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split("\n")[0];
}

/** Whether the images that recipes start from are there, or can be fetched. */

import { baseOn, usualBase } from "../image/base-image.ts";
import { PetError } from "../pet/errors.ts";
import { check, type Said, say } from "./check.ts";
import type { Answering } from "./meet.ts";
import { pasted } from "./paste.ts";
import type { Place } from "./place.ts";
import { late, within } from "./within.ts";

interface Base {
  readonly reference: string;
  readonly found: "here" | "offered" | "unknown" | "late" | { readonly reason: string };
  /** The one that a new pet starts from, or one that a .env file asks for. */
  readonly usual: boolean;
}

const rows = {
  HERE: { state: "ok", finding: "{image} is here" },
  OFFERED: { state: "ok", finding: "{image} is not here yet, but its registry has it" },
  UNKNOWN: {
    state: "warning",
    finding: "{image} is not here, and this engine cannot tell whether it could be pulled",
    repair: "docker pull {image}",
  },
  LATE: {
    state: "broken",
    finding: "{image} is not here, and its registry gave no answer within {seconds} s",
    repair: "docker pull {image}    # tells what it waits for",
  },
  MISSING: {
    state: "broken",
    finding: "{image} is neither here nor can it be pulled: {reason}",
    repair: "docker pull {image}    # tells more; or name another: pet NAME PET_BASE_IMAGE=…",
  },
  USUAL_MISSING: {
    state: "broken",
    finding: "{image} is neither here nor can it be pulled: {reason}",
    repair: "cd {folder} && npm start    # makes one where no registry answers; or: docker pull {image}",
  },
} as const;

const patience = 15;

export const baseImage = check<{ readonly bases: readonly Base[]; readonly folder: string }>({
  name: "base image",
  about:
    "the image that a new pet's recipe starts from, and those that .env files name, are on the engine or can be pulled",
  rows,
  limit: 45,
  needs: (place) => [place.configDirectory],
  async look(place) {
    const met = await place.engine();
    if (met.kind !== "answers") return { bases: [], folder: place.folder };
    const wished = [...new Set([usualBase, ...(await wishedIn(place, met))])];
    return { bases: await Promise.all(wished.map((one) => lookFor(one, met))), folder: place.folder };
  },
  judge: ({ bases, folder }) => bases.map((base) => judged(base, folder)),
});

function judged({ reference: image, found, usual }: Base, folder: string): Said {
  if (found === "here") return say(rows.HERE, { image });
  if (found === "offered") return say(rows.OFFERED, { image });
  if (found === "unknown") return say(rows.UNKNOWN, { image });
  if (found === "late") return say(rows.LATE, { image, seconds: patience });
  const { reason } = found;
  return usual
    ? say(rows.USUAL_MISSING, { image, reason, folder: pasted(folder) })
    : say(rows.MISSING, { image, reason });
}

/** What the .env files of this context name. One that cannot be read is another check's affair. */
async function wishedIn(place: Place, { context }: Answering): Promise<readonly string[]> {
  const { files } = await place.envFiles();
  return files.flatMap((file) =>
    file.context === context.name && file.is !== "no file" && "settings" in file.is
      ? [file.is.settings.baseImage]
      : [],
  );
}

async function lookFor(wished: string, { engine }: Answering): Promise<Base> {
  const reference = await baseOn(engine, wished);
  const usual = wished === usualBase;
  if ((await engine.image(reference)) !== undefined) return { reference, usual, found: "here" };
  try {
    const found = await within(patience, engine.offered(reference));
    return { reference, usual, found: found === late ? "late" : found };
  } catch (error) {
    if (!(error instanceof PetError)) throw error;
    return { reference, usual, found: { reason: error.detail ?? error.message } };
  }
}

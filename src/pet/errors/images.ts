/** Failures of images that come from a registry or go there. */

import type { ErrorRow } from "./row.ts";

export const images = {
  PULL_FAILED: {
    exit: 1,
    sentence: "The image {image} could not be pulled.",
    hint: "What was said is above. Trying again does no harm; the engine alone does the same by: docker pull {image}",
  },
  PUSH_FAILED: {
    exit: 1,
    sentence: "The image could not be pushed as {image}.",
    hint: "What was said is above. Trying again goes on where it stopped.",
  },
  IMAGE_UNKNOWN: {
    exit: 1,
    sentence: "The registry {registry} has no image {image}.",
    hint: "Mend the name, tag or digest in PET_IMAGE.",
  },
  PULL_DENIED: {
    exit: 1,
    sentence: "The registry {registry} does not give you {image}, or has none of this name.",
    hint: "Is the name right? If so, log in: docker login {registry}",
  },
  PUSH_DENIED: {
    exit: 1,
    sentence: "The registry {registry} does not take {image} from you.",
    hint: "May you write there? Log in: docker login {registry}",
  },
  REGISTRY_UNREACHABLE: {
    exit: 1,
    sentence: "No registry answers at {registry}, where {image} is to be.",
    hint: "Is the name right? It is the engine that asks, so its machine must reach {registry}.",
  },
  CREDENTIALS_FAILED: {
    exit: 1,
    sentence: "The credentials for {registry} cannot be had: {reason}.",
    hint: "{file} says where they are. Mend it, or log in anew: docker login {registry}",
  },
  WRONG_ARCHITECTURE: {
    exit: 1,
    sentence: "The image {image} is not made for {wanted}, which the engine runs.",
    hint: "Name one that is by PET_IMAGE, or have it made from a recipe there: PET_IMAGE=",
  },
  NO_CONTRACT: {
    exit: 1,
    sentence: "The image {image} is none that pet can use: {reason}.",
    hint: "What it lacks can be added to an image of Debian or Ubuntu. For example:{lines}",
  },
  PREBUILT_IMAGE: {
    exit: 2,
    sentence: "The image {image} is pre-built: packages cannot be put in or taken out.",
    hint: "As the base of a recipe it can have more: {call} PET_IMAGE= PET_BASE_IMAGE={image}",
  },
  BAD_PUSH_NAME: {
    exit: 2,
    sentence: "An image cannot be published as “{name}”: it {reason}.",
    hint: "Name registry, path and perhaps a tag: {call} push registry.example.org/me/tools:1",
  },
} as const satisfies Record<string, ErrorRow>;

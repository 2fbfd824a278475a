/** Failures of engines and the ways to them. */

import type { ErrorRow } from "./row.ts";

export const engine = {
  ENGINE_UNREACHABLE: {
    exit: 125,
    sentence: "No Docker Engine answers at {address}.",
    hint: "Is it running? Try: docker version    What else helps here: pet doctor",
  },
  ENGINE_PERMISSION: {
    exit: 125,
    sentence: "You may not use the Docker Engine at {address}.",
    hint: 'Join its group and log in anew: sudo usermod -aG docker "$USER"',
  },
  ENGINE_FAILED: {
    exit: 125,
    sentence: "The engine could not do it: {reason}",
    hint: "The engine's own log may tell more. Trying again does no harm.",
  },
  DISK_FULL: {
    exit: 125,
    sentence: "The engine has no space left on its disk.",
    hint: "See what nobody uses: pet prune    What else takes it: docker system df",
  },
  FOREIGN: {
    exit: 1,
    sentence: "The {kind} {name} was not made by pet; it is left alone.",
    hint: "Choose another name or prefix, or look at it: docker {kind} inspect {name}",
  },
  NAME_TAKEN: {
    exit: 1,
    sentence: "{name} was made by somebody else just now.",
    hint: "Try again.",
  },
  NO_TTY: {
    exit: 1,
    sentence: "There is no {name}.",
    hint: "pet lists what there is.",
  },
  NOT_RUNNING: {
    exit: 1,
    sentence: "{name} does not run.",
    hint: "Its instance's name alone starts it and takes you there.",
  },
  DOOR_LOST: {
    exit: 125,
    sentence: "The line to {name} broke.",
    hint: "What runs in its console runs on; come back to it when the engine answers.",
  },
  HOME_IN_USE: {
    exit: 1,
    sentence: "The home {name} is in use by a container.",
    hint: "See which: docker ps --all --filter volume={name}",
  },
  CONTAINER_IN_USE: {
    exit: 1,
    sentence: "{name} is in use by now, and was left as it is.",
    hint: "See what it does: pet status",
  },
  IMAGE_IN_USE: {
    exit: 1,
    sentence: "The image {image} is in use.",
    hint: "See by which container: docker ps --all --filter ancestor={image}",
  },
  NO_IMAGE: {
    exit: 1,
    sentence: "The engine does not have the image {image}.",
    hint: "Build it with --build.",
  },
  BUILD_FAILED: {
    exit: 1,
    sentence: "The image could not be built: {step}",
    hint: "Mend the recipe or the packages asked for, then try again.",
  },
  UNKNOWN_PACKAGE: {
    exit: 1,
    sentence: "There is no Debian package called {names}; nothing was renewed.{near}",
    hint: "Search for it: {call} -- apt search WORD",
  },
  BASE_IMAGE_MISSING: {
    exit: 1,
    sentence: "The base image {image} is neither on the engine nor can it be pulled.",
    hint: "Name another one by PET_BASE_IMAGE=…, or make one where no registry answers: npm start",
  },
  LOCKED: {
    exit: 1,
    sentence: "{holder} has been at work on this since {since}.",
    hint: "Try again when they are done. A lock goes away by itself when its holder does.",
  },
  NO_SUCH_PATH: {
    exit: 1,
    sentence: "There is no {path} in {name}.",
    hint: "Paths inside are absolute.",
  },
  BAD_ADDRESS: {
    exit: 2,
    sentence: "“{address}” is not the address of an engine.",
    hint: "Write unix:///path/to/docker.sock or tcp://host:2375, or unset DOCKER_HOST.",
  },
  NO_CONTEXT: {
    exit: 2,
    sentence: "There is no Docker context “{context}”.",
    hint: "See which there are: docker context ls",
  },
  CONTEXT_BROKEN: {
    exit: 1,
    sentence: "{file} cannot be read, or does not say what Docker writes there.",
    hint: "Mend it, or name another context by --context.",
  },
  CONTEXT_UNSUPPORTED: {
    exit: 2,
    sentence: "The context “{context}” is at {address}, a way pet cannot go yet.",
    hint: "It speaks with unix:// and plain tcp://. Use another context: --context default",
  },
  CONTEXT_TOO_LONG: {
    exit: 2,
    sentence: "The context's name “{context}” is too long to be part of a file's name.",
    hint: "Give it a shorter one: docker context create SHORT --from LONG",
  },
} as const satisfies Record<string, ErrorRow>;

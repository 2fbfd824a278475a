/**
 * What has to be done, decided from what is wanted and what is there. Pure: `--dry-run` prints these steps,
 * the flows carry them out.
 */

import type { ContainerName, HomeName } from "./names.ts";

export type Step =
  | { readonly do: "build" | "pull"; readonly tag: string }
  | { readonly do: "push"; readonly tag: string; readonly reference: string }
  | { readonly do: "make-home"; readonly home: HomeName }
  | { readonly do: "create"; readonly tty: ContainerName; readonly image: string }
  | { readonly do: "start"; readonly tty: ContainerName }
  | { readonly do: "stop"; readonly tty: ContainerName }
  | { readonly do: "remove"; readonly tty: ContainerName }
  | { readonly do: "remove-home"; readonly home: HomeName }
  | { readonly do: "replace"; readonly tty: ContainerName; readonly image: string }
  | { readonly do: "give-home"; readonly home: HomeName; readonly uid: number }
  | { readonly do: "settle"; readonly tty: ContainerName }
  | { readonly do: "attach"; readonly tty: ContainerName }
  | { readonly do: "run"; readonly tty: ContainerName; readonly command: string }
  | {
      readonly do: "put" | "get";
      readonly tty: ContainerName;
      readonly things: string;
      readonly place: string;
    };

/** What is there of one TTY: `absent`, or the state its engine tells. */
export type Presence = "absent" | "stopped" | "running";

/** The image that something is to be made from. */
export interface PlannedImage {
  readonly tag: string;
  readonly there: boolean;
  /** How it comes: made from a recipe, or from a registry as it is. */
  readonly way: "build" | "pull";
}

/** The steps that make a TTY run which does not: from an image, or, without one, as the container that is there. */
export function readySteps({
  tty,
  home,
  image,
}: {
  readonly tty: ContainerName;
  readonly home: HomeName;
  readonly image: PlannedImage | undefined;
}): readonly Step[] {
  if (image === undefined) return [{ do: "start", tty }];
  return [
    ...(image.there ? [] : [imageStep(image)]),
    { do: "make-home", home },
    { do: "create", tty, image: image.tag },
    { do: "start", tty },
  ];
}

/** The step that has the engine have an image. */
export function imageStep({ way, tag }: Omit<PlannedImage, "there">): Step {
  return { do: way, tag };
}

/** The steps that remove a pet: its TTYs first, since a home in use cannot go. */
export function destroySteps(wanted: {
  readonly ttys: readonly ContainerName[];
  readonly home: HomeName | undefined;
}): readonly Step[] {
  const removals = wanted.ttys.map((tty) => ({ do: "remove", tty }) as const);
  return wanted.home === undefined ? removals : [...removals, { do: "remove-home", home: wanted.home }];
}

/** A step as a person reads it. */
export function sentence(step: Step): string {
  switch (step.do) {
    case "build":
      return `build image ${step.tag}`;
    case "pull":
      return `pull image ${step.tag}`;
    case "push":
      return `push ${step.tag} as ${step.reference}`;
    case "make-home":
      return `make home ${step.home}, where there is none`;
    case "create":
      return `create ${step.tty} from ${step.image}`;
    case "start":
      return `start ${step.tty}`;
    case "stop":
      return `stop ${step.tty}`;
    case "remove":
      return `remove ${step.tty}, with what runs in it`;
    case "remove-home":
      return `remove home ${step.home}, with every file in it`;
    case "replace":
      return `make a new ${step.tty} from ${step.image} beside the old one; once it answers, put it in the place of that`;
    case "give-home":
      return `give ${step.home} to uid ${step.uid}, file by file`;
    case "settle":
      return `finish or undo what was begun with ${step.tty}`;
    case "attach":
      return `attach to ${step.tty}`;
    case "run":
      return `run in ${step.tty}: ${step.command}`;
    case "put":
      return `put into ${step.tty}, at ${step.place}: ${step.things}`;
    case "get":
      return `get from ${step.tty}, to ${step.place}: ${step.things}`;
  }
}

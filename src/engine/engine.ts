/**
 * What pet asks of whatever runs the containers of a context. docker/ and memory/ hold one implementation each;
 * test/contract holds the suite that every implementation passes.
 *
 * Ownership is by label: every member that takes a name throws FOREIGN where that name belongs to something
 * without pet's labels, and lists show only what carries them. An engine that cannot be reached at all throws
 * ENGINE_UNREACHABLE (or ENGINE_PERMISSION); an answer it gives that no row knows is ENGINE_FAILED.
 */

import type { Readable, Writable } from "node:stream";
import type { ContainerName, HomeName } from "../pet/names.ts";
import type { HomeVolume, Labels, Workspace } from "../pet/workspace.ts";

export interface Engine {
  info(): Promise<EngineInfo>;

  /**
   * TTYs, running or not, that carry all of these labels: one call to the engine. What stands beside one that is being
   * replaced is not among them, unless it is all there is of it.
   */
  list(labels: Labels): Promise<readonly Tty[]>;
  inspect(name: ContainerName): Promise<Tty | undefined>;
  /**
   * Creates, does not start. A home that went in between is made anew. @throws NO_IMAGE, and NAME_TAKEN where the
   * name exists (created by another just now, say).
   */
  create(workspace: Workspace): Promise<void>;
  /** Starting what runs and stopping what does not are no failures; what is paused goes on. @throws NO_TTY */
  start(name: ContainerName): Promise<void>;
  stop(name: ContainerName): Promise<void>;
  /** Kills if need be. What is gone already is no failure. The home stays. */
  remove(name: ContainerName): Promise<void>;

  /**
   * Puts a new TTY in the place of the one that has the workspace's name, whose home it shares. It is made beside it,
   * started, and given to `proof` under a name of its own; only when that settles well does it take the place, and the old
   * one is stopped and removed. Else it is removed, and the old one was not touched. Whoever calls holds the pet's lock.
   * @throws what `proof` throws, and what `create` and `start` do
   */
  replace(workspace: Workspace, proof: (name: ContainerName) => Promise<void>): Promise<void>;
  /** What stands beside the TTYs with these labels: of a replacement that goes on, or was cut short. One call. */
  beside(labels: Labels): Promise<readonly Tty[]>;
  /**
   * Finishes replacements that were cut short once the new one was proven, and undoes others. Whoever calls holds the
   * pet's lock.
   */
  settle(labels: Labels): Promise<void>;
  /** Containers of pet's that are no TTYs: locks, held or not, and what stands beside TTYs. One call to the engine. */
  leftovers(): Promise<readonly Tty[]>;
  /**
   * Removes this very container, known by its id, unless it runs. What is gone already is no failure.
   * @throws CONTAINER_IN_USE
   */
  discard(container: Pick<Tty, "name" | "id">): Promise<void>;

  homes(labels: Labels): Promise<readonly Home[]>;
  /** Makes the home if it is not there; never changes one that is. @throws FOREIGN */
  ensureHome(home: HomeVolume): Promise<void>;
  /** What is gone already is no failure. @throws HOME_IN_USE */
  removeHome(name: HomeName): Promise<void>;
  /** Bytes in every home, where the engine knows. It may have to count them, which takes its time. */
  homeSizes(): Promise<ReadonlyMap<HomeName, number>>;

  image(reference: string): Promise<Image | undefined>;
  /** The images that carry pet's label, whatever they are called. */
  images(): Promise<readonly StoredImage[]>;
  /**
   * Takes this name away from the image, and the image with its last name; without a name, the image that has none. What
   * is gone already is no failure. @throws IMAGE_IN_USE, also where the name is another image's by now
   */
  removeImage(image: Pick<StoredImage, "id">, name: string | undefined): Promise<void>;
  /** Builds, telling how it goes. @throws BUILD_FAILED (with the last lines), DISK_FULL, BASE_IMAGE_MISSING */
  build(request: BuildRequest): AsyncIterable<Progress>;
  /**
   * Pulls, telling how it goes; nothing is kept of an image that did not come whole.
   * @throws IMAGE_UNKNOWN, WRONG_ARCHITECTURE, PULL_DENIED, PULL_FAILED, REGISTRY_UNREACHABLE, CREDENTIALS_FAILED
   */
  pull(reference: string): AsyncIterable<Progress>;
  /**
   * Whether a registry has it for this engine, without fetching it; `unknown` where the engine cannot ask.
   * @throws as `pull` does, with the reason
   */
  offered(reference: string): Promise<"offered" | "unknown">;
  /**
   * Publishes an image that the engine has under the name that this reference gives, which is its name on the engine
   * from then on too; a name that is another's is FOREIGN. Returns the digest that the registry knows it by.
   * @throws NO_IMAGE, PUSH_DENIED, PUSH_FAILED, REGISTRY_UNREACHABLE, CREDENTIALS_FAILED
   */
  push(image: string, reference: string): AsyncGenerator<Progress, string>;

  /**
   * The door: runs a program in a running TTY and joins its streams. The streams are 8-bit clean, have
   * back-pressure, and half-close; `exit` settles when the program has ended and its output was handed over, so
   * read both outputs, or destroy the one that does not matter. A Docker Engine gives up output that
   * nobody took within two seconds of a program's end: one with much to say had better wait to be let go. @throws NO_TTY, NOT_RUNNING
   */
  exec(name: ContainerName, argv: readonly string[]): Promise<Door>;

  /**
   * Extracts a tar stream into a directory of the TTY, running or not, with the owners and modes it carries.
   * @throws NO_SUCH_PATH
   */
  putArchive(name: ContainerName, directory: string, tar: Readable): Promise<void>;
  /** A tar stream of a path in the TTY, its top entry named by the path's last part. @throws NO_SUCH_PATH */
  getArchive(name: ContainerName, path: string): Promise<Readable>;

  /**
   * Holds `key` until released, or until this process or its line dies. `image` is any image of pet's own that the
   * engine has. Waits the few seconds that an engine takes to notice a holder's death.
   * @throws LOCKED naming the holder and since when, NO_IMAGE
   */
  lock(key: string, holder: string, image: string): Promise<Lock>;
  /** Who holds `key`, or is about to; undefined where it is free. One call. */
  lockedBy(key: string): Promise<Holder | undefined>;

  /** The last lines a TTY's first process has logged, oldest first. */
  logs(name: ContainerName, lines: number): Promise<string>;
  /** All of that log, line by line. Ends early, and quietly, once aborted. @throws NO_TTY */
  logLines(name: ContainerName, manner: LogManner): AsyncIterable<string>;
  /** What happens to the TTYs with these labels, from now until aborted. */
  events(labels: Labels, signal: AbortSignal): AsyncIterable<TtyEvent>;

  /** Closes every door and lets go of every lock. */
  close(): void;
}

export interface EngineInfo {
  readonly name: string;
  readonly version: string;
  /** As Docker and OCI name it: amd64, arm64. */
  readonly architecture: string;
  /** Which engine speaks the Docker Engine's language. */
  readonly product: "Docker Engine" | "Podman";
  /** How it keeps layers: `overlay2`, `vfs`. */
  readonly storage: string;
  /** Where it keeps everything, as a path of its own machine. */
  readonly dataRoot: string;
  readonly rootless: boolean;
}

export type TtyState = "created" | "running" | "paused" | "restarting" | "exited" | "dead";

export interface Tty {
  readonly name: ContainerName;
  /** The engine's own identifier. */
  readonly id: string;
  readonly state: TtyState;
  /** Since when it is in this state, as the engine knows it (a list tells of creation alone). */
  readonly since: Date | undefined;
  /** Where it is not running: the status its first process ended with. */
  readonly exitStatus: number | undefined;
  /** Reference it was created from, and the id that stood for. */
  readonly image: string;
  readonly imageId: string;
  readonly labels: Labels;
}

export interface Home {
  readonly name: HomeName;
  readonly created: Date | undefined;
  readonly labels: Labels;
}

export interface Image {
  readonly id: string;
  /** As Docker and OCI name it: amd64, arm64. */
  readonly architecture: string;
  readonly labels: Labels;
}

export interface StoredImage {
  readonly id: string;
  /** References, `pet/debian:…`. */
  readonly names: readonly string[];
  /** Pulled by its digest: that is a name too, though not one to be taken away. */
  readonly pinned: boolean;
  readonly created: Date | undefined;
  /** What it takes with all its layers, some of which others may share. */
  readonly bytes: number | undefined;
  /** Some container, whoever's, was made from it. */
  readonly used: boolean;
  readonly labels: Labels;
}

export interface Door {
  /** Ending it is the half-close; the program sees end of file. */
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The program's exit status; rejects with DOOR_LOST where the line died first. */
  readonly exit: Promise<number>;
  /** The TTY as it was found on the way in. */
  readonly tty: Tty;
  /** Gives the line up at once, both ways. */
  close(): void;
}

export interface BuildRequest {
  /** Reference to give the image. */
  readonly tag: string;
  /** The build context, a tar stream with a Dockerfile at its top. Called once. */
  readonly context: () => Readable;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels: Labels;
  /** Try a newer base image. */
  readonly pull: boolean;
  readonly noCache: boolean;
}

/** One thing to tell a person who waits. */
export interface Progress {
  /** What is going on: a Dockerfile's step, a layer. */
  readonly step: string;
  /** A line of output of that step. */
  readonly line?: string;
  /** Bytes. */
  readonly current?: number;
  readonly total?: number;
}

export interface LogManner {
  /** Go on with what comes, until the TTY stops. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

export interface Lock {
  release(): Promise<void>;
}

export interface Holder {
  readonly who: string;
  readonly since: Date | undefined;
  /** An image that the engine has: whoever waits can hold a lock of their own with it. */
  readonly image: string;
}

export interface TtyEvent {
  readonly name: ContainerName;
  readonly kind: "create" | "start" | "die" | "destroy";
  readonly at: Date;
}

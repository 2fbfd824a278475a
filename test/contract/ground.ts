/** What the cases stand on: an engine, an image that runs, and names that nobody else has. */

import { buffer, text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Door, Engine } from "../../src/engine/engine.ts";
import { homeLabels, label, ttyLabels } from "../../src/pet/labels.ts";
import {
  type ContainerName,
  containerName,
  homeName,
  instanceName,
  type Prefix,
  prefixName,
  ttyName,
} from "../../src/pet/names.ts";
import type { HomeVolume, Workspace } from "../../src/pet/workspace.ts";

export interface Ground {
  readonly engine: Engine;
  /** An image whose first process logs `started` and runs until it is stopped. */
  readonly image: string;
  /** The image that it was built from. */
  readonly baseImage: string;
  /** HOST:PORT of a registry that takes and gives to everybody. */
  readonly registry: string;
  /** Takes away all that carries the tests' label. */
  clean(): Promise<void>;
}

/** Carried by everything the suite makes, foreign things included. */
export const testLabel = { "pet.test": `contract-${process.pid}` };

let count = 0;

/** A pet that no other test has. Its prefix is this run's own. */
export function newPet(suffix = "") {
  count += 1;
  return pet(`p${count}${suffix}`);
}

export function pet(instance: string) {
  return { prefix: runPrefix(), instance: instanceName(instance) };
}

function runPrefix(): Prefix {
  return prefixName(`t${process.pid.toString(36)}`);
}

export function workspace(ground: Ground, of = newPet(), tty = "1"): Workspace {
  const address = { ...of, tty: ttyName(tty) };
  return {
    name: containerName(address),
    hostname: containerName(address),
    image: ground.image,
    uid: 1000,
    gid: 1000,
    environment: {},
    labels: { ...testLabel, ...ttyLabels(of), [label.tty]: tty },
    home: homeName(of),
    mounts: [],
    cpus: 0,
    memory: 0,
    pids: 256,
    readOnly: false,
  };
}

export function home(of = newPet()): HomeVolume {
  return { name: homeName(of), labels: { ...testLabel, ...homeLabels(of) } };
}

/** A TTY that is made and runs, and is gone when the test is done. */
export async function running(
  ground: Ground,
  over: Partial<Workspace> = {},
  of = newPet(),
): Promise<ContainerName> {
  const made = { ...workspace(ground, of), ...over };
  await ground.engine.ensureHome(home(of));
  await ground.engine.create(made);
  onTestFinished(() => ground.engine.remove(made.name));
  await ground.engine.start(made.name);
  return made.name;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** Runs a program to its end with this input. */
export async function run(
  { engine }: Ground,
  name: ContainerName,
  argv: readonly string[],
  input: string | Buffer = "",
): Promise<Outcome> {
  return outcome(await engine.exec(name, argv), input);
}

export async function outcome(door: Door, input: string | Buffer = ""): Promise<Outcome> {
  door.stdin.end(input);
  const [stdout, stderr, exit] = await Promise.all([text(door.stdout), text(door.stderr), door.exit]);
  return { stdout, stderr, exit };
}

export async function bytesThrough(door: Door, input: Buffer): Promise<Buffer> {
  door.stdin.end(input);
  door.stderr.resume();
  return buffer(door.stdout);
}

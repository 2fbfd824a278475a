/** Real workspaces of the real recipe, on the tests' own engine. */

import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { settingsFrom } from "../../src/config/settings.ts";
import { connectDocker } from "../../src/engine/docker/index.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { prepareImage } from "../../src/image/prepare.ts";
import { type ContainerName, containerName, instanceName, prefixName, ttyName } from "../../src/pet/names.ts";
import type { Settings } from "../../src/pet/settings.ts";
import { homeOf, workspaceOf } from "../../src/pet/spec.ts";
import type { Workspace } from "../../src/pet/workspace.ts";
import { testEngine } from "../support/engine.ts";

export const engine: Engine = connectDocker({ kind: "unix", path: testEngine().socket });

const testLabel = { "pet.test": `image-${process.pid}` };
const prefix = prefixName(`t${process.pid.toString(36)}`);
const memory = { spec: "{}", hash: "none" };

/** As if a person on a German machine in Berlin had wished for nothing else. */
function settings(wishes: Partial<Settings> = {}): Settings {
  const locale = "de_DE.UTF-8";
  const host = { timeZone: "Europe/Berlin", locale, gitName: "Ann O'Neil", gitEmail: "ann@example.org" };
  const defaults = settingsFrom(new Map(), { ...host, httpProxy: "", httpsProxy: "", noProxy: "" });
  return { ...defaults, ...host, prefix, baseImage: testEngine().baseImage, labels: testLabel, ...wishes };
}

/** Builds the image, or finds it. */
export async function image(wishes: Partial<Settings> = {}): Promise<string> {
  const prepared = await prepareImage(settings(wishes), { configDirectory: "/nowhere" });
  if ((await engine.image(prepared.tag)) !== undefined) return prepared.tag;
  for await (const _ of engine.build({ ...prepared, pull: false, noCache: false }));
  return prepared.tag;
}

let pets = 0;

export interface Made {
  readonly name: ContainerName;
  /** A container anew, on the same home. */
  again(wishes?: Partial<Settings>, more?: Partial<Workspace>): Promise<Made>;
}

/** Created, not started, with a home of its own. */
export async function made(wishes: Partial<Settings> = {}, more: Partial<Workspace> = {}): Promise<Made> {
  pets += 1;
  return madeAs(`p${pets}`, wishes, more);
}

async function madeAs(instance: string, wishes: Partial<Settings>, more: Partial<Workspace>): Promise<Made> {
  const wished = settings({ readOnly: true, ...wishes });
  const address = { prefix, instance: instanceName(instance), tty: ttyName("1") };
  await engine.ensureHome(homeOf(address, wished, memory));
  await engine.create({ ...workspaceOf(address, wished, await image(), memory), ...more });
  const name = containerName(address);
  return {
    name,
    again: async (...anew) => {
      await engine.remove(name);
      return madeAs(instance, anew[0] ?? {}, anew[1] ?? {});
    },
  };
}

/** Started and ready. */
export async function running(wishes: Partial<Settings> = {}, more: Partial<Workspace> = {}): Promise<Made> {
  return up(await made(wishes, more));
}

export async function up(one: Made): Promise<Made> {
  await engine.start(one.name);
  for (let i = 0; i < 200; i++) {
    if ((await events(one)).some(({ event }) => event === "ready")) return one;
    await pause(25);
  }
  throw new Error(`${one.name} is not ready: ${await engine.logs(one.name, 20)}`);
}

/** What its entry point logged. */
export async function events({ name }: Made): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const lines = (await engine.logs(name, 50)).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line));
}

export async function ended({ name }: Made, seconds = 10): Promise<number> {
  for (let i = 0; i < seconds * 40; i++) {
    const status = (await engine.inspect(name))?.exitStatus;
    if (status !== undefined) return status;
    await pause(25);
  }
  throw new Error(`${name} did not end`);
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

export async function run({ name }: Made, argv: readonly string[]): Promise<Outcome> {
  const door = await engine.exec(name, argv);
  door.stdin.end();
  const [stdout, stderr, exit] = await Promise.all([text(door.stdout), text(door.stderr), door.exit]);
  return { stdout, stderr, exit };
}

/** A line of the login shell's, as pet would have it run. */
export async function sh(one: Made, line: string): Promise<string> {
  const { stdout, stderr } = await run(one, ["bash", "-l", "-c", line]);
  return stdout + stderr;
}

export async function clean(): Promise<void> {
  for (const { name } of await engine.list(testLabel)) await engine.remove(name);
  for (const { name } of await engine.homes(testLabel)) await engine.removeHome(name);
  engine.close();
}

/** A registry that stops halfway, in a pull and in a push; and one that is back when the engine tries again. */

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Person, petCommand } from "../support/cli.ts";
import { type OwnEngine, ownEngine } from "../support/engine.ts";
import { type Registry, registry } from "../support/registry.ts";
import { docker } from "./docker.ts";
import { resident } from "./resident.ts";
import { dockerGiven, usable } from "./small-images.ts";

/** Each with an image and a registry that nobody else has, since they go side by side. */
const names = ["pushing", "pushed", "pulling", "pulled"] as const;
type Name = (typeof names)[number];

/** Bytes of an image, and how many go through before nothing does. */
const [layers, layer, half] = [["a", "b"], 4_000_000, 5_000_000];

let engine: OwnEngine;
let me: Person;
let registries: Readonly<Record<Name, Registry>>;

beforeAll(async () => {
  // A pull is given up only after a minute, unless the engine is told otherwise. Of a push it cannot be told.
  engine = await ownEngine({ images: [], config: { "max-download-attempts": 3 } });
  me = resident({ DOCKER_HOST: engine.dockerHost });
  const [pushing, pushed, pulling, pulled] = await Promise.all(
    names.map(() => registry({ for: "everybody" })),
  );
  if (!pushing || !pushed || !pulling || !pulled) throw new Error("a registry is missing");
  registries = { pushing, pushed, pulling, pulled };
  for (const name of names) {
    const local = `pet-test/large:${name}`;
    await dockerGiven(["build", "--tag", local, "-"], await context(), engine.dockerHost);
    const isPulled = name === "pulling" || name === "pulled";
    await me.pet([name, `PET_IMAGE=${isPulled ? published(name) : local}`]);
    if (!isPulled) continue;
    await docker(["tag", local, published(name)], engine.dockerHost);
    await docker(["push", published(name)], engine.dockerHost);
    await docker(["rmi", local, published(name)], engine.dockerHost);
  }
}, 300_000);

afterAll(async () => {
  await engine?.end();
}, 60_000);

function published(name: Name): string {
  return `${registries[name].address}/pets/large:1`;
}

/** Layers that nothing makes smaller. */
async function context(): Promise<Buffer> {
  const labels = Object.entries(usable).map(([name, value]) => `LABEL ${name}=${value}`);
  const tar = pack();
  for (const name of layers) tar.entry({ name }, randomBytes(layer));
  tar.entry(
    { name: "Dockerfile" },
    ["FROM scratch", ...layers.map((name) => `COPY ${name} /`), ...labels].join("\n"),
  );
  tar.finalize();
  return await buffer(tar);
}

/** Runs pet to its end; once it says that the engine tries again, what is to happen then does. */
async function run(words: readonly string[], onRetry = () => {}) {
  const child = spawn(petCommand, [...words], { env: me.env, stdio: ["ignore", "pipe", "pipe"] });
  let [said, told] = ["", ""];
  child.stdout.on("data", (bytes) => {
    said += bytes;
  });
  child.stderr.on("data", (bytes) => {
    told += bytes;
    if (told.includes("trying again")) onRetry();
  });
  const [status] = await once(child, "close");
  return { status, said, told };
}

async function onEngine(name: Name): Promise<string> {
  return await docker(["images", "--quiet", `${registries[name].address}/pets/large`], engine.dockerHost);
}

async function inRegistry(name: Name): Promise<boolean> {
  const manifest = `http://${registries[name].address}/v2/pets/large/manifests/1`;
  return (await fetch(manifest)).status === 200;
}

describe.concurrent("a registry that stops halfway", () => {
  test("through a push: what was said is told, nothing is called so, and the next run completes", async () => {
    const there = registries.pushing;
    const words = ["pushing", "push", published("pushing")];
    there.breakAfter(half);
    const outcome = await run(words);
    expect(there.broken).toBe(true);
    expect(outcome).toMatchObject({ status: 1, said: "" });
    expect(outcome.told).toMatch(/a layer broke off; trying again[\s\S]*\[PUSH_FAILED\]\n {2}\| /);
    expect(await onEngine("pushing")).toBe("");
    there.mend();
    expect(await inRegistry("pushing")).toBe(false);
    const again = await run(words);
    expect(again.status, again.told).toBe(0);
    expect(again.said).toMatch(/\/pets\/large@sha256:[0-9a-f]{64}\n$/);
    expect(await inRegistry("pushing")).toBe(true);
  }, 240_000);

  test("through a push, and is back: the same run completes", async () => {
    const there = registries.pushed;
    there.breakAfter(half);
    const outcome = await run(["pushed", "push", published("pushed")], there.mend);
    expect(outcome.status, outcome.told).toBe(0);
    expect(outcome.told).toContain("a layer broke off; trying again");
    expect(await inRegistry("pushed")).toBe(true);
  }, 240_000);

  test("through a pull: what was said is told, nothing is left, and the next run completes", async () => {
    const there = registries.pulling;
    there.breakAfter(half);
    const outcome = await run(["pulling", "--build"]);
    expect(there.broken).toBe(true);
    expect(outcome).toMatchObject({ status: 1, said: "" });
    expect(outcome.told).toMatch(/a layer broke off; trying again[\s\S]*\[PULL_FAILED\]\n {2}\| /);
    expect(await onEngine("pulling")).toBe("");
    there.mend();
    const again = await run(["pulling", "--build"]);
    expect(again.status, again.told).toBe(0);
    expect(again.told).toContain(`pulled ${published("pulling")}`);
    expect(await onEngine("pulling")).not.toBe("");
  }, 240_000);

  test("through a pull, and is back: the same run completes", async () => {
    const there = registries.pulled;
    there.breakAfter(half);
    const outcome = await run(["pulled", "--build"], there.mend);
    expect(outcome.status, outcome.told).toBe(0);
    expect(outcome.told).toContain("a layer broke off; trying again");
    expect(outcome.told).toContain(`pulled ${published("pulled")}`);
  }, 240_000);
});

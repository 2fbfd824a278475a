import { describe, expect, test } from "vitest";
import type { BuildRequest, Progress } from "../../../src/engine/engine.ts";
import { isOwned, label } from "../../../src/pet/labels.ts";
import { type Ground, testLabel } from "../ground.ts";
import { dockerfileContext } from "../recipe.ts";

export function imageCases(here: () => Ground): void {
  const request = (name: string, dockerfile: string, over: Partial<BuildRequest> = {}): BuildRequest => ({
    tag: `pet-test/${name}:${process.pid}`,
    context: () => dockerfileContext(dockerfile),
    buildArgs: { BASE_IMAGE: here().baseImage },
    labels: { ...testLabel, [label.kind]: "image", [label.contract]: "1" },
    pull: false,
    noCache: true,
    ...over,
  });
  const built = async (wish: BuildRequest) => {
    const told: Progress[] = [];
    for await (const progress of here().engine.build(wish)) told.push(progress);
    return told;
  };

  test("an image is built with its labels, telling steps and their lines as they come", async () => {
    const { engine } = here();
    const wish = request("built", "ARG BASE_IMAGE\nFROM $BASE_IMAGE\nRUN echo grüße 漢\n");
    expect(await engine.image(wish.tag)).toBeUndefined();
    const told = await built(wish);
    expect([...new Set(told.map(({ step }) => step))].slice(0, 3)).toEqual([
      expect.stringContaining("ARG BASE_IMAGE"),
      expect.stringContaining("FROM $"),
      expect.stringContaining("RUN echo"),
    ]);
    expect(told.map(({ line }) => line).filter((line) => line !== undefined)).toEqual(["grüße 漢"]);
    const image = await engine.image(wish.tag);
    expect(image?.labels).toMatchObject(wish.labels);
    expect(isOwned(image?.labels, "image")).toBe(true);
  });

  test("a step that fails is named, with the last of what it said", async () => {
    const dockerfile = "ARG BASE_IMAGE\nFROM $BASE_IMAGE\nRUN echo last words && false\n";
    const wish = request("failing", dockerfile);
    await expect(built(wish)).rejects.toMatchObject({
      code: "BUILD_FAILED",
      message: expect.stringContaining("RUN echo"),
      detail: expect.stringMatching(/last words[\s\S]*returned/),
    });
    expect(await here().engine.image(wish.tag)).toBeUndefined();
  });

  test("a base image that is nowhere is named", async () => {
    const missing = "127.0.0.1:9/pet-test/none:1";
    const wish = request("baseless", "ARG BASE_IMAGE\nFROM $BASE_IMAGE\n", {
      buildArgs: { BASE_IMAGE: missing },
    });
    await expect(built(wish)).rejects.toMatchObject({
      code: "BASE_IMAGE_MISSING",
      message: expect.stringContaining(missing),
    });
  });

  const toEnd = async (events: AsyncIterable<Progress>) => {
    for await (const _ of events);
  };

  test("an image whose registry does not answer is named", async () => {
    const missing = "127.0.0.1:9/pet-test/none:1";
    await expect(toEnd(here().engine.pull(missing))).rejects.toMatchObject({
      code: "REGISTRY_UNREACHABLE",
      message: expect.stringContaining(missing),
    });
  });

  test("an image that no registry can be asked for is named", async () => {
    const missing = "127.0.0.1:9/pet-test/none:1";
    await expect(here().engine.offered(missing)).rejects.toMatchObject({
      code: "REGISTRY_UNREACHABLE",
      message: expect.stringContaining(missing),
    });
  });

  describe("an image that is published", () => {
    const small = () => request("small", "FROM scratch\nLABEL small=1\n");
    const published = async (reference: string) => {
      const { engine } = here();
      if ((await engine.image(small().tag)) === undefined) await built(small());
      const events = engine.push(small().tag, reference);
      for (;;) {
        const event = await events.next();
        if (event.done === true) return event.value;
      }
    };

    test("is known by its name and its digest, pulled by either", async () => {
      const { engine, registry } = here();
      const digest = await published(`${registry}/pets/small:1`);
      expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
      const image = await engine.image(small().tag);
      for (const reference of [`${registry}/pets/small:1`, `${registry}/pets/small@${digest}`]) {
        await toEnd(engine.pull(reference));
        expect(await engine.image(reference)).toEqual(image);
      }
      expect(image?.labels).toMatchObject(small().labels);
      expect(image?.architecture).toBe((await engine.info()).architecture);
    });

    test("once more is the same", async () => {
      const { registry } = here();
      const reference = `${registry}/pets/twice:1`;
      expect(await published(reference)).toBe(await published(reference));
    });

    test("under the name of an image that is not pet's is refused, and that is left alone", async () => {
      const { engine, registry, baseImage } = here();
      const theirs = await engine.image(baseImage);
      const push = engine.push(small().tag, baseImage);
      await expect(push.next()).rejects.toMatchObject({
        code: "FOREIGN",
        message: expect.stringContaining("image"),
      });
      expect(await engine.image(baseImage)).toEqual(theirs);
      await expect(toEnd(engine.pull(`${registry}/pets/never:1`))).rejects.toMatchObject({
        code: "IMAGE_UNKNOWN",
        message: expect.stringContaining(`${registry}/pets/never:1`),
      });
    });

    test("where nothing is to be had is named", async () => {
      const { engine, registry } = here();
      await expect(toEnd(engine.push("pet-test/none:1", `${registry}/pets/none:1`))).rejects.toMatchObject({
        code: "NO_IMAGE",
      });
    });
  });

  test("an image that is not there is undefined", async () => {
    expect(await here().engine.image("pet-test/none:1")).toBeUndefined();
  });
}

import { expect, test } from "vitest";
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

  test("an image that cannot be pulled is named", async () => {
    const missing = "127.0.0.1:9/pet-test/none:1";
    const pulled = async () => {
      for await (const _ of here().engine.pull(missing));
    };
    await expect(pulled()).rejects.toMatchObject({
      code: "PULL_FAILED",
      message: expect.stringContaining(missing),
    });
  });

  test("an image that no registry can be asked for is named", async () => {
    const missing = "127.0.0.1:9/pet-test/none:1";
    await expect(here().engine.offered(missing)).rejects.toMatchObject({
      code: "PULL_FAILED",
      message: expect.stringContaining(missing),
    });
  });

  test("an image that is not there is undefined", async () => {
    expect(await here().engine.image("pet-test/none:1")).toBeUndefined();
  });
}

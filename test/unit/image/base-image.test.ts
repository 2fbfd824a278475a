import { describe, expect, test } from "vitest";
import { buildRequest } from "../../../src/image/base-image.ts";
import { prepareImage } from "../../../src/image/prepare.ts";
import { places, settings } from "./recipes.ts";

const usual = "debian:trixie-slim";
const made = "pet/base:trixie";

describe("the base image", () => {
  test.each([
    ["is the wish where the engine has it", usual, [usual, made], false, usual, false],
    ["is pulled where the engine has neither", usual, [], false, usual, false],
    ["is the one made here where only that is there", usual, [made], false, made, false],
    ["that was made here is never asked of a registry", usual, [made], true, made, false],
    ["is pulled anew when asked to", usual, [usual], true, usual, true],
    ["has no stand-in where another was wished for", "debian:sid", [made], false, "debian:sid", false],
  ])("%s", async (_, baseImage, there, pull, expected, expectedPull) => {
    const engine = {
      image: async (reference: string) =>
        there.includes(reference) ? { id: reference, architecture: "amd64", labels: {} } : undefined,
    };
    const prepared = await prepareImage({ ...settings, baseImage }, places());
    const request = await buildRequest(engine, prepared, { pull, noCache: true });
    expect(request.buildArgs.BASE_IMAGE).toBe(expected);
    expect(request.pull).toBe(expectedPull);
    expect(request.noCache).toBe(true);
    expect(request.tag).toBe(prepared.tag);
  });
});

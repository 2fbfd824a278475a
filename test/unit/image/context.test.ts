import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { prepareImage } from "../../../src/image/prepare.ts";
import { folder, places, settings } from "./recipes.ts";

async function listed(over: Parameters<typeof places>[0], tarFlags = "-t"): Promise<readonly string[]> {
  const image = await prepareImage(settings, places(over));
  const tar = await buffer(image.context());
  return execFileSync("tar", [tarFlags, "-f", "-"], { input: tar }).toString().trim().split("\n");
}

describe("a build context", () => {
  test("has the recipe at its top, pet's base, and a file for each setting", async () => {
    expect(await listed({ "files/run": "one", "terminal.json": "{}" })).toEqual([
      "Dockerfile",
      "base",
      "base/entry",
      "ca.crt",
      "files",
      "files/run",
      "locale.txt",
      "packages.txt",
    ]);
  });

  test("holds the settings, a line each", async () => {
    const image = await prepareImage(settings, places());
    const input = await buffer(image.context());
    const content = (name: string) => execFileSync("tar", ["-xOf", "-", name], { input }).toString();
    expect(content("packages.txt")).toBe("git\nless\n");
    expect(content("locale.txt")).toBe("C.UTF-8\n");
    expect(content("ca.crt")).toBe("");
  });

  test("is the same to the byte each time", async () => {
    const one = await prepareImage(settings, places({ a: "1" }));
    const two = await prepareImage(settings, places({ a: "1" }));
    expect((await buffer(one.context())).equals(await buffer(two.context()))).toBe(true);
    expect((await buffer(one.context())).equals(await buffer(one.context()))).toBe(true);
  });

  test("keeps names longer than a tar header holds", async () => {
    const long = `${"d".repeat(120)}/${"f".repeat(120)}`;
    expect(await listed({ [long]: "x" })).toContain(long);
  });

  test("keeps a link that stays inside", async () => {
    const here = places({ "files/run": "x" });
    symlinkSync("files/run", join(here.configDirectory, "terminals/mine/link"));
    const tar = await buffer((await prepareImage(settings, here)).context());
    expect(execFileSync("tar", ["-tvf", "-"], { input: tar }).toString()).toContain("link -> files/run");
  });

  const outside = folder({ secret: "s" });
  test.each([
    ["an absolute path", join(outside, "secret")],
    ["the folder above", "../plain"],
    ["nowhere", "missing"],
    ["itself", "link"],
  ])("is refused for a link to %s", async (_, target) => {
    const here = places();
    symlinkSync(target, join(here.configDirectory, "terminals/mine/link"));
    await expect(prepareImage(settings, here)).rejects.toMatchObject({ code: "BAD_RECIPE" });
  });

  test("is refused for something that is neither file nor folder", async () => {
    const here = places();
    const server = createServer().listen(join(here.configDirectory, "terminals/mine/socket"));
    onTestFinished(() => void server.close());
    await once(server, "listening");
    await expect(prepareImage(settings, here)).rejects.toMatchObject({ code: "BAD_RECIPE" });
  });

  test.each(["packages.txt", "base/x", "ca.crt"])("is refused where the recipe has a %s", async (path) => {
    await expect(listed({ [path]: "mine" })).rejects.toMatchObject({ code: "BAD_RECIPE" });
  });
});

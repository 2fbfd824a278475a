import { chmodSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { prepareImage } from "../../../src/image/prepare.ts";
import type { Settings } from "../../../src/pet/settings.ts";
import { temporaryDirectory } from "../../support/temporary.ts";
import { folder, lay, places, settings } from "./recipes.ts";

const here = places({ "files/run": "one" });
const tagOf = async (over: Partial<Settings> = {}) =>
  (await prepareImage({ ...settings, ...over }, here)).tag;

describe("an image's tag", () => {
  test("names its terminal", async () => {
    expect(await tagOf()).toMatch(/^pet\/mine:[0-9a-f]{16}$/);
    expect(await tagOf({ terminal: "plain" })).toMatch(/^pet\/plain:[0-9a-f]{16}$/);
  });

  const shaping: readonly [keyof Settings, Partial<Settings>][] = [
    ["packages", { packages: ["git"] }],
    ["packages", { packages: ["gitless"] }],
    ["locale", { locale: "de_DE.UTF-8" }],
    ["baseImage", { baseImage: "debian:sid" }],
    ["caFile", { caFile: join(folder({ "ca.pem": "CERT" }), "ca.pem") }],
  ];
  test.each(shaping)("tells another by %s", async (_, over) => {
    expect(await tagOf(over)).not.toBe(await tagOf());
  });

  const runTime: readonly [keyof Settings, Partial<Settings>][] = [
    ["user", { user: "me" }],
    ["uid", { uid: 7 }],
    ["gid", { gid: 7 }],
    ["shell", { shell: "/bin/sh" }],
    ["timeZone", { timeZone: "Europe/Berlin" }],
    ["environment", { environment: { A: "1" } }],
    ["httpProxy", { httpProxy: "http://proxy:1" }],
    ["httpsProxy", { httpsProxy: "http://proxy:1" }],
    ["noProxy", { noProxy: "x" }],
    ["labels", { labels: { a: "1" } }],
  ];
  test.each(runTime)("is the same for any %s, which counts when it runs", async (_, over) => {
    expect(await tagOf(over)).toBe(await tagOf());
  });

  test("is the same for the same recipe elsewhere, written at another time under another umask", async () => {
    const other = places({ "files/run": "one" });
    const file = join(other.configDirectory, "terminals/mine/files/run");
    chmodSync(file, 0o600);
    utimesSync(file, 1, 1);
    expect((await prepareImage(settings, other)).tag).toBe(await tagOf());
  });

  const changes: readonly [string, (recipe: string) => void][] = [
    ["a file's content", (recipe) => lay(recipe, { "files/run": "two" })],
    ["a new file", (recipe) => lay(recipe, { "files/more": "" })],
    ["a file made executable", (recipe) => chmodSync(join(recipe, "files/run"), 0o755)],
    ["the Dockerfile", (recipe) => lay(recipe, { Dockerfile: "FROM other\n" })],
  ];
  test.each(changes)("changes with %s", async (_, change) => {
    const other = places({ "files/run": "one" });
    const before = (await prepareImage(settings, other)).tag;
    change(join(other.configDirectory, "terminals/mine"));
    expect((await prepareImage(settings, other)).tag).not.toBe(before);
  });

  test("changes with terminals/base, but for what explains it", async () => {
    const other = places();
    const before = (await prepareImage(settings, other)).tag;
    lay(other.packaged, { "base/README.md": "more words" });
    expect((await prepareImage(settings, other)).tag).toBe(before);
    lay(other.packaged, { "base/entry": "#!/bin/dash\n" });
    expect((await prepareImage(settings, other)).tag).not.toBe(before);
  });

  test("does not change with the recipe's description", async () => {
    const other = places({ "terminal.json": "{}" });
    const before = (await prepareImage(settings, other)).tag;
    lay(other.configDirectory, { "terminals/mine/terminal.json": '{"description":"x"}' });
    expect((await prepareImage(settings, other)).tag).toBe(before);
  });
});

describe("a prepared image", () => {
  test("has proxies as build arguments, in both spellings", async () => {
    const proxied = { ...settings, httpProxy: "http://p:1", noProxy: "a,b" };
    expect((await prepareImage(proxied, here)).buildArgs).toEqual({
      BASE_IMAGE: "debian:trixie-slim",
      http_proxy: "http://p:1",
      HTTP_PROXY: "http://p:1",
      no_proxy: "a,b",
      NO_PROXY: "a,b",
    });
  });

  test("carries pet's labels, which a person's own cannot take", async () => {
    const labels = { mine: "1", "pet.kind": "tty" };
    expect((await prepareImage({ ...settings, labels }, here)).labels).toEqual({
      mine: "1",
      "pet.kind": "image",
      "pet.contract": "1",
    });
  });

  test("with a CA file that is not there is refused by its path", async () => {
    const caFile = join(temporaryDirectory(), "none.pem");
    await expect(prepareImage({ ...settings, caFile }, here)).rejects.toMatchObject({
      code: "CA_FILE_MISSING",
    });
    writeFileSync(caFile, "");
    await expect(prepareImage({ ...settings, caFile }, here)).resolves.toBeDefined();
  });
});

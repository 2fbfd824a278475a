/** What a person's settings and recipes make of an image: recipes of their own, packages, authorities, proxies; and failures. */

import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../support/cli.ts";
import { testEngine } from "../support/engine.ts";
import { docker, inspected, nothing, things } from "./docker.ts";
import { proxy } from "./proxy.ts";
import { recipe } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const names = ["own", "package", "trusting", "proxied", "failing", "based"] as const;
destroyAfterwards(me, ...names);

async function run(words: readonly string[]): Promise<Outcome> {
  return await me.pet(words, { timeoutMs: 300_000 });
}

async function done(...words: readonly string[]): Promise<string> {
  const outcome = await run(words);
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome.stdout;
}

describe("a recipe of a person's own", () => {
  // An engine that is kept for several runs knows no image of this one yet.
  const greeting = `hello at ${new Date().toISOString()}\n`;

  beforeAll(async () => {
    recipe(me, "mine", "COPY greeting /etc/greeting", { greeting });
    await done("own", "PET_TERMINAL=mine");
  });

  test("is built, with progress, and serves like any other", async () => {
    const outcome = await run(["own", "--build"]);
    expect(outcome.stderr).toMatch(/building pet\/mine:[0-9a-f]{16}[\s\S]*Step 1\/[\s\S]*built pet\/mine:/);
    expect(outcome.stderr).not.toContain("\x1b");
    expect(await done("own", "--", "cat", "/etc/greeting")).toBe(greeting);
    const terminal = me.open(["own"]);
    await terminal.waitFor("@pet-own-1");
    terminal.key("ctrl-\\");
    expect(await terminal.exit).toMatchObject({ status: 0 });
  });

  test("unchanged it costs no build, and says so", async () => {
    const outcome = await run(["own", "--build"]);
    expect(outcome.stderr).toContain("nothing changed");
    expect(outcome.stderr).not.toContain("Step 1/");
  });

  test("changed it is another image; what runs stays until it is made anew", async () => {
    const before = (await inspected("pet-own-1")).Image;
    recipe(me, "mine", "COPY greeting /etc/greeting", { greeting: `another ${greeting}` });
    expect((await run(["own", "--build"])).stderr).toContain("Step 1/");
    expect(await done("own", "--", "cat", "/etc/greeting")).toBe(greeting);
    expect((await inspected("pet-own-1")).Image).toBe(before);
    await done("own", "--destroy", "--keep-home", "--yes");
    expect(await done("own", "--", "cat", "/etc/greeting")).toBe(`another ${greeting}`);
  });

  test("--no-cache builds all of it again", async () => {
    const id = async () => (await inspected((await inspected("pet-own-1")).Config.Image)).Id;
    const before = await id();
    await done("own", "--build", "--no-cache");
    expect(await id()).not.toBe(before);
  });

  test("that is not there is said with those that are", async () => {
    await done("based", "PET_TERMINAL=nowhere");
    const outcome = await run(["based", "--start"]);
    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringContaining("UNKNOWN_TERMINAL") });
    expect(outcome.stderr).toMatch(/debian, mine/);
    expect(outcome.stderr).toContain(join(me.config, "terminals"));
    await done("based", "--clean");
  });
});

test("a package of Debian's own is added on top of layers that were built already", async () => {
  await done("add", "package", "tree");
  expect(await done("package", "--", "tree", "--version")).toContain("tree v");
  const layers = (await inspected((await inspected("pet-package-1")).Image)).Config.Labels["pet.layers"];
  expect(layers).toBe("tree");
});

describe("a build that fails", () => {
  test("shows its step and its last lines, and leaves nothing", async () => {
    recipe(
      me,
      "broken",
      "RUN for i in $(seq 100); do echo line $i; done; sleep 0.5; echo the reason >&2; exit 3",
    );
    await done("failing", "PET_TERMINAL=broken");
    const outcome = await run(["failing", "--start"]);
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    expect(outcome.stderr).toMatch(/could not be built: Step 3\/\d+ : RUN for i in/);
    expect(outcome.stderr).toContain("[BUILD_FAILED]");
    expect(outcome.stderr).toContain("  | line 100\n  | the reason\n");
    expect(outcome.stderr).not.toContain("| line 50\n");
    expect(await things("pet-failing-")).toEqual(nothing);
    recipe(me, "broken", "RUN true");
    expect(await done("failing", "--", "echo", "mended")).toBe("mended\n");
  });

  test("over a package that does not exist names it, and the nearest that do", async () => {
    await done("failing", "PET_TERMINAL=debian", "PET_PACKAGES=ripgrpe no-such-package-at-all");
    await done("failing", "--destroy", "--keep-home", "--yes");
    const outcome = await run(["failing", "--start"]);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain("UNKNOWN_PACKAGE");
    expect(outcome.stderr).toContain("“no-such-package-at-all”, “ripgrpe”");
    expect(outcome.stderr).toMatch(/Near: ripgrpe: .*\bripgrep\b/);
    await done("failing", "PET_PACKAGES=");
  });

  test("over words that are no Dockerfile says which", async () => {
    recipe(me, "broken", "RUNN true");
    await done("failing", "PET_TERMINAL=broken");
    const outcome = await run(["failing", "--build"]);
    expect(outcome.status).not.toBe(0);
    expect(outcome.stderr).toMatch(/\[BUILD_FAILED\]/);
    expect(outcome.stderr).toContain("RUNN");
  });

  test("over a base image that is nowhere names that", async () => {
    await done("failing", "PET_TERMINAL=debian", "PET_BASE_IMAGE=localhost:1/nowhere:none");
    const outcome = await run(["failing", "--build"]);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain("BASE_IMAGE_MISSING");
    expect(outcome.stderr).toContain("localhost:1/nowhere:none");
  });
});

test("a workspace that ends as soon as it begins is told with its last words, and not tried for ever", async () => {
  recipe(me, "broken", "RUN true");
  writeFileSync(
    join(me.config, "terminals", "broken", "Dockerfile"),
    'ARG BASE_IMAGE\nFROM $BASE_IMAGE\nENTRYPOINT ["sh", "-c", "echo its last words; exit 5"]\n',
  );
  await done("failing", "PET_TERMINAL=broken", "PET_BASE_IMAGE=");
  for (const words of [["--start"], ["--", "true"]]) {
    const outcome = await run(["failing", ...words]);
    expect(outcome.status, outcome.stderr).toBe(1);
    expect(outcome.stderr).toContain("TTY_DIED");
    expect(outcome.stderr).toContain("its last words");
    expect((await things("pet-failing-")).containers).toEqual(["pet-failing-1 exited"]);
  }
});

test("another base image is what is built on", async () => {
  await docker(["tag", testEngine().baseImage, "pet-test/base:other"]);
  try {
    recipe(me, "mine", "RUN true");
    await done("based", "PET_TERMINAL=mine", "PET_BASE_IMAGE=pet-test/base:other");
    const outcome = await run(["based", "--build", "--no-cache"]);
    expect(outcome.status, outcome.stderr).toBe(0);
    await done("based", "--", "true");
  } finally {
    await docker(["rmi", "pet-test/base:other"]);
  }
});

test("--pull has the engine ask the registry for the base image, which nothing else does", async () => {
  const asked: string[] = [];
  const registry = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  const { port } = registry.address() as AddressInfo;
  const base = `localhost:${port}/base:here`;
  await docker(["tag", testEngine().baseImage, base]);
  const line = await proxy();
  const build = async (...words: readonly string[]) =>
    await me.pet(["pulled", "--build", ...words], { env: { DOCKER_HOST: line.host }, timeoutMs: 120_000 });
  try {
    recipe(me, "pulled", "RUN true");
    await me.pet(["pulled", "PET_TERMINAL=pulled", `PET_BASE_IMAGE=${base}`], {
      env: { DOCKER_HOST: line.host },
    });
    line.watch({});
    for (const words of [[], ["--no-cache"]]) {
      const outcome = await build(...words);
      expect(outcome.status, outcome.stderr).toBe(0);
    }
    expect(asked).toEqual([]);
    expect(line.requests().filter((request) => /^POST \/build\?.*pull=/.test(request))).toEqual([]);

    line.watch({});
    const outcome = await build("--pull");
    expect(asked).toContain("/v2/base/manifests/here");
    expect(line.requests()).toContainEqual(expect.stringMatching(/^POST \/build\?.*\bpull=(1|true)\b/));
    expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining("BASE_IMAGE_MISSING") });
  } finally {
    registry.close();
    await docker(["rmi", base]);
  }
});

test("further authorities reach the build; a file that is gone is said", async () => {
  const authority = "-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n";
  const file = join(me.home, "our-ca.pem");
  writeFileSync(file, authority);
  recipe(me, "trusting", "COPY ca.crt /seen.crt");
  await done("trusting", "PET_TERMINAL=trusting", `PET_CA_FILE=${file}`);
  expect(await done("trusting", "--", "cat", "/seen.crt")).toBe(authority);
  const outcome = await run(["trusting", "PET_CA_FILE=/no/such.pem", "--build"]);
  expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining("CA_FILE_MISSING") });
});

test("proxies are in the build and inside, and stay out of image, history, labels and what is told", async () => {
  const proxy = "http://me:hunter2@proxy.example.org:3128";
  recipe(
    me,
    "proxied",
    `RUN test "$http_proxy" = '${proxy}' && test "$NO_PROXY" = .example.org && echo seen it`,
  );
  await done("proxied", "PET_TERMINAL=proxied", `PET_HTTP_PROXY=${proxy}`, "PET_NO_PROXY=.example.org");
  const built = await run(["proxied", "--build"]);
  expect(built.status, built.stderr).toBe(0);
  expect(await done("proxied", "--", "printenv", "http_proxy", "HTTP_PROXY", "no_proxy")).toBe(
    `${proxy}\n${proxy}\n.example.org\n`,
  );
  const { Config, Image } = await inspected("pet-proxied-1");
  const image = await inspected(Image);
  const volume = await inspected("pet-proxied-home");
  const history = await docker(["history", "--no-trunc", Image]);
  // The recipe above names it itself, in one line of its history; nothing else does.
  const elsewhere = history.replaceAll(/RUN test[^\n]*|test "\$http_proxy"[^\n]*/g, "");
  for (const told of [
    Config.Labels,
    image.Config.Env,
    image.Config.Labels,
    volume.Labels,
    elsewhere,
    built.stderr.replace(/Step \d+\/\d+ : RUN[^\n]*/g, ""),
  ])
    expect(JSON.stringify(told)).not.toContain("hunter2");
});

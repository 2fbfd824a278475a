/** What a person is known by to a registry, from files and programs as docker's own client has them. */

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { credentialsIn } from "../../../src/engine/docker/credentials.ts";
import { temporaryDirectory } from "../../support/temporary.ts";

const registry = "registry.example.org:5000";
const secret = "s3cr-et:word";
const auth = Buffer.from(`ada:${secret}`).toString("base64");

let directory: string;
beforeEach(() => {
  directory = temporaryDirectory();
});

async function known(config: unknown, server = registry) {
  writeFileSync(join(directory, "config.json"), typeof config === "string" ? config : JSON.stringify(config));
  return await credentialsIn(directory)(server);
}

/** A program on the PATH that keeps credentials; what it was given is written beside it. */
function helper(name: string, script: string): () => string {
  const given = join(directory, "given");
  const file = join(directory, "bin", `docker-credential-${name}`);
  mkdirSync(join(directory, "bin"), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n{ echo "$@"; cat; } > '${given}'\n${script}\n`);
  chmodSync(file, 0o755);
  vi.stubEnv("PATH", `${join(directory, "bin")}:${process.env.PATH}`);
  return () => (existsSync(given) ? readFileSync(given, "utf8") : "not asked");
}

describe("config.json", () => {
  const ada = { serveraddress: registry, username: "ada", password: secret };

  test.each([
    ["by the registry's very name", { auths: { [registry]: { auth } } }, ada],
    ["by its URL", { auths: { [`https://${registry}/v1/`]: { auth } } }, ada],
    ["in plain words", { auths: { [registry]: { username: "ada", password: secret } } }, ada],
    [
      "with a token",
      { auths: { [registry]: { auth: Buffer.from("ada:").toString("base64"), identitytoken: "t" } } },
      { serveraddress: registry, username: "ada", identitytoken: "t" },
    ],
    ["of another registry alone", { auths: { "example.org": { auth } } }, undefined],
    ["that a helper keeps, which is not named", { auths: { [registry]: {} } }, undefined],
    ["without any", {}, undefined],
  ])("%s", async (_, config, expected) => {
    expect(await known(config)).toEqual(expected);
  });

  test("Docker Hub goes by the name it has always had there", async () => {
    const hub = "https://index.docker.io/v1/";
    expect(await known({ auths: { [hub]: { auth } } }, "docker.io")).toEqual({
      serveraddress: hub,
      username: "ada",
      password: secret,
    });
  });

  test("that is not there is no failure, nor is a directory that nobody named", async () => {
    expect(await credentialsIn(directory)(registry)).toBeUndefined();
    expect(await credentialsIn(undefined)(registry)).toBeUndefined();
  });

  test.each([
    ["is not JSON", `{ "auths": { "${registry}": { "auth": "${auth}" } }`],
    ["holds no name and password", { auths: { [registry]: { auth: "c2VjcmV0LXNlY3JldA==" } } }],
  ])("that %s is said, without a word of what is in it", async (_, config) => {
    const failure = await known(config).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "CREDENTIALS_FAILED", hint: expect.stringContaining(directory) });
    expect(JSON.stringify([failure, (failure as Error).stack, (failure as Error).cause])).not.toMatch(
      /secret-secret|c2VjcmV0|YWRh/,
    );
  });
});

describe("a helper", () => {
  const answer = (name: string) => `echo '{"ServerURL":"x","Username":"${name}","Secret":"${secret}"}'`;

  test("is asked for the one registry, over its standard input", async () => {
    const given = helper("keep", answer("ada"));
    expect(await known({ credHelpers: { [registry]: "keep" }, credsStore: "none" })).toEqual({
      serveraddress: registry,
      username: "ada",
      password: secret,
    });
    expect(given()).toBe(`get\n${registry}`);
  });

  test("that keeps them all is asked where the registry has none of its own; a token is told by its name", async () => {
    const given = helper("all", answer("<token>"));
    const config = {
      credHelpers: { "other.example.org": "none" },
      credsStore: "all",
      auths: { [registry]: {} },
    };
    expect(await known(config)).toEqual({ serveraddress: registry, identitytoken: secret });
    expect(given()).toBe(`get\n${registry}`);
  });

  test("that knows nothing of it is no failure", async () => {
    helper("empty", "echo 'credentials not found in native keychain'; exit 1");
    expect(await known({ credsStore: "empty" })).toBeUndefined();
  });

  test.each([
    ["none", "", "there is no program docker-credential-none"],
    [
      "locked",
      "echo 'the store is locked'; exit 1",
      "docker-credential-locked failed (“the store is locked”)",
    ],
    ["silent", "exit 3", "docker-credential-silent failed"],
    ["odd", "echo hello", "docker-credential-odd answered with no secret"],
    ["../odd", "", "“docker-credential-../odd” cannot be a program's name"],
  ])("%s that fails is named", async (name, script, reason) => {
    if (script !== "") helper(name, script);
    await expect(known({ credsStore: name })).rejects.toMatchObject({
      code: "CREDENTIALS_FAILED",
      message: `The credentials for ${registry} cannot be had: ${reason}.`,
      hint: expect.stringContaining(`docker login ${registry}`),
    });
  });

  test("that fails having said its secret is not quoted", async () => {
    helper("loud", `${answer("ada")}; exit 1`);
    const failure = await known({ credsStore: "loud" }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "CREDENTIALS_FAILED" });
    expect(`${failure}`).not.toContain(secret);
  });

  test("that does not read is as good as one that does", async () => {
    helper("deaf", "");
    writeFileSync(
      join(directory, "bin", "docker-credential-deaf"),
      `#!/bin/sh\nexec <&-\n${answer("ada")}\n`,
    );
    expect(await known({ credsStore: "deaf" })).toMatchObject({ username: "ada" });
  });
});

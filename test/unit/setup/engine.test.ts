import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ensureEngine } from "../../../scripts/setup/engine.ts";
import { membershipIn } from "../../../scripts/setup/group.ts";
import { afterwards, temporaryDirectory } from "../../support/temporary.ts";

describe("the engine that set-up takes is the one that pet will take", async () => {
  const lab = await engine();
  const other = await engine();
  const nobody = `${lab}.nobody`;
  const config = dockerConfig({ lab, nobody, far: "tcp://box:2375", ssh: "ssh://me@box" });
  const using = (currentContext: string) => dockerConfig({ lab }, currentContext);

  test.each([
    ["DOCKER_HOST", { DOCKER_HOST: `unix://${other}` }, { socket: other }],
    ["DOCKER_CONTEXT", { DOCKER_CONTEXT: "lab", DOCKER_CONFIG: config }, { socket: lab }],
    ["Docker's configuration", { DOCKER_CONFIG: using("lab") }, { socket: lab }],
    [
      "PET_CONTEXT before DOCKER_HOST",
      { PET_CONTEXT: "lab", DOCKER_HOST: `unix://${other}`, DOCKER_CONFIG: config },
      { socket: lab },
    ],
    ["an address elsewhere, which is left to pet", { DOCKER_HOST: "tcp://box:2375" }, {}],
    ["a context elsewhere, which is left to pet", { PET_CONTEXT: "far", DOCKER_CONFIG: config }, {}],
    ["a context by SSH, which is left to pet", { PET_CONTEXT: "ssh", DOCKER_CONFIG: config }, {}],
    ["a context that is not there, which pet says", { PET_CONTEXT: "none", DOCKER_CONFIG: config }, {}],
    ["an address of no engine, which pet says", { DOCKER_HOST: "gopher://box" }, {}],
  ])("%s", async (_, env, expected) => {
    expect(await ensureEngine(env)).toEqual(expected);
  });

  test.each([
    ["DOCKER_HOST", { DOCKER_HOST: `unix://${nobody}` }, "unset DOCKER_HOST"],
    ["PET_CONTEXT", { PET_CONTEXT: "nobody", DOCKER_CONFIG: config }, "unset PET_CONTEXT"],
    ["Docker's configuration", { DOCKER_CONFIG: dockerConfig({ nobody }, "nobody") }, "docker context use"],
  ])("one that does not answer is named, and nothing done: %s", async (why, env, hint) => {
    await expect(ensureEngine(env)).rejects.toMatchObject({
      message: `No engine answers at unix://${nobody}, which ${why} names.`,
      hint: expect.stringContaining(hint),
    });
  });
});

describe("what a person is in the group of the engine's users", () => {
  test.each([
    ["no such group", "", [1000], "none"],
    ["nobody in it", "docker:x:105:", [1000], "none"],
    ["others in it", "docker:x:105:ann,annabel", [1000], "none"],
    ["in it since this login began", "docker:x:105:bob,ann,anna", [1000], "waiting"],
    ["in it, and this login knows", "docker:x:105:anna", [1000, 105], "member"],
    ["in it by this login alone", "docker:x:105:", [105], "member"],
  ] as const)("%s", (_, entry, groups, expected) => {
    expect(membershipIn(entry, "anna", groups)).toBe(expected);
  });
});

/** What answers a ping as an engine does. @returns its socket */
async function engine(): Promise<string> {
  const socket = join(temporaryDirectory(), "docker.sock");
  const server = createServer((request, response) => response.end(request.url === "/_ping" ? "OK" : ""));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  afterwards(() => void server.close());
  return socket;
}

/** A configuration directory of the docker CLI with these contexts, by sockets or addresses. */
function dockerConfig(contexts: Readonly<Record<string, string>>, currentContext?: string): string {
  const directory = temporaryDirectory();
  for (const [name, place] of Object.entries(contexts)) {
    const folder = join(directory, "contexts", "meta", createHash("sha256").update(name).digest("hex"));
    const Host = place.startsWith("/") ? `unix://${place}` : place;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "meta.json"), JSON.stringify({ Name: name, Endpoints: { docker: { Host } } }));
  }
  writeFileSync(join(directory, "config.json"), JSON.stringify({ currentContext }));
  return directory;
}

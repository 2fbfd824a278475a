import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connect } from "../../../src/contexts/connect.ts";
import { currentContext } from "../../../src/contexts/current.ts";
import { temporaryDirectory } from "../../support/temporary.ts";

function dockerConfigWith(contexts: Readonly<Record<string, unknown>>, current?: string): string {
  const directory = temporaryDirectory();
  for (const [name, metadata] of Object.entries(contexts)) {
    const folder = join(directory, "contexts", "meta", digest(name));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "meta.json"), JSON.stringify(metadata));
  }
  if (current) writeFileSync(join(directory, "config.json"), JSON.stringify({ currentContext: current }));
  return directory;
}

const digest = (name: string) => createHash("sha256").update(name).digest("hex");
const metadata = (host: string) => ({ Endpoints: { docker: { Host: host } } });

describe("the current context", () => {
  test("is looked up by its name where the docker CLI keeps it", () => {
    const dockerConfig = dockerConfigWith({ lab: metadata("tcp://lab:1234") }, "lab");
    expect(currentContext({ flag: undefined, env: { DOCKER_CONFIG: dockerConfig } })).toEqual({
      name: "lab",
      why: "Docker's configuration",
      endpoint: { kind: "tcp", host: "lab", port: 1234 },
    });
  });

  test("is found under HOME where DOCKER_CONFIG is not set", () => {
    const home = temporaryDirectory();
    mkdirSync(join(home, ".docker"));
    writeFileSync(join(home, ".docker", "config.json"), '{"currentContext":"kube:x"}');
    expect(currentContext({ flag: undefined, env: { HOME: home } }).name).toBe("kube:x");
  });

  test("by DOCKER_HOST has the host's name and reads no file", () => {
    const env = { DOCKER_HOST: "tcp://box:2375", DOCKER_CONFIG: "/nowhere" };
    expect(currentContext({ flag: undefined, env })).toEqual({
      name: "box",
      why: "DOCKER_HOST",
      endpoint: { kind: "tcp", host: "box", port: 2375 },
    });
  });

  test("without a configuration is the default", () => {
    const { name, endpoint } = currentContext({ flag: undefined, env: {}, dockerConfig: "/nowhere" });
    expect(name).toBe("default");
    expect(endpoint.kind).toBe("unix");
  });

  test("that is default takes the socket of a rootless engine where the usual one is missing", async () => {
    const runtime = temporaryDirectory();
    const socket = join(runtime, "docker.sock");
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once("listening", resolve));
    const env = { XDG_RUNTIME_DIR: runtime };
    const { endpoint } = currentContext({ flag: "default", env, dockerConfig: "/nowhere" });
    server.close();
    const path = existsSync("/var/run/docker.sock") ? "/var/run/docker.sock" : socket;
    expect(endpoint).toEqual({ kind: "unix", path });
  });

  test.each([
    ["is not there", {}, undefined, "NO_CONTEXT"],
    ["has no address", { lab: { Endpoints: {} } }, undefined, "CONTEXT_BROKEN"],
    ["has an address of no engine", { lab: metadata("gopher://x") }, undefined, "BAD_ADDRESS"],
  ])("that %s is refused", (_, contexts, current, code) => {
    const dockerConfig = dockerConfigWith(contexts, current);
    const get = () => currentContext({ flag: "lab", env: {}, dockerConfig });
    expect(get).toThrow(expect.objectContaining({ code }));
  });

  test("in a broken configuration is refused, rather than another engine taken", () => {
    const dockerConfig = temporaryDirectory();
    writeFileSync(join(dockerConfig, "config.json"), "{");
    const get = () => currentContext({ flag: undefined, env: {}, dockerConfig });
    expect(get).toThrow(expect.objectContaining({ code: "CONTEXT_BROKEN" }));
  });

  test.each([
    ["ssh", { flag: "lab", env: {} }, metadata("ssh://me@box")],
    ["Kubernetes", { flag: "kube:prod", env: {} }, undefined],
    ["TLS", { flag: undefined, env: { DOCKER_HOST: "tcp://box", DOCKER_TLS_VERIFY: "1" } }, undefined],
  ])("over %s has a name, and is not connected to yet", (_, given, meta) => {
    const dockerConfig = dockerConfigWith(meta === undefined ? {} : { lab: meta });
    const context = currentContext({ ...given, dockerConfig });
    expect(context.endpoint.kind).toBe("other");
    expect(() => connect(context, {})).toThrow(expect.objectContaining({ code: "CONTEXT_UNSUPPORTED" }));
  });

  test("with certificates beside it is one over TLS", () => {
    const dockerConfig = dockerConfigWith({ lab: metadata("tcp://lab:2376") });
    mkdirSync(join(dockerConfig, "contexts", "tls", digest("lab")), { recursive: true });
    expect(currentContext({ flag: "lab", env: {}, dockerConfig }).endpoint.kind).toBe("other");
  });

  test("of any hostile name is not found, and nothing outside the directory is read", () => {
    const dockerConfig = dockerConfigWith({});
    writeFileSync(join(dockerConfig, "meta.json"), JSON.stringify(metadata("unix:///x")));
    const hostile = fc.oneof(
      fc.constantFrom("..", "../..", "/", "a/../..", "\0"),
      fc.string({ minLength: 1 }),
    );
    fc.assert(
      fc.property(hostile, (name) => {
        fc.pre(name !== "default" && !name.startsWith("kube:"));
        const get = () => currentContext({ flag: name, env: {}, dockerConfig });
        expect(get).toThrow(expect.objectContaining({ code: "NO_CONTEXT" }));
      }),
    );
  });
});

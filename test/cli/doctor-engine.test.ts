/** pet doctor before engines that are really not as they should be. */

import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer as createWebServer } from "node:http";
import { createServer, type Server } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Person, person } from "../support/cli.ts";
import { asRoot, run } from "../support/engine/run.ts";
import { type OwnEngine, ownEngine, testEngine } from "../support/engine.ts";
import { findingsIn, of, row } from "../support/findings.ts";
import { afterwards, temporaryDirectory } from "../support/temporary.ts";
import { apart, type Setting } from "./apart.ts";
import type { Elsewhere } from "./elsewhere.ts";
import { copyForAll } from "./nobody.ts";
import { podman } from "./podman.ts";
import { proxy } from "./proxy.ts";
import { rootless } from "./rootless.ts";

/** Without images, and with a storage that nobody should have. */
let poor: OwnEngine;
let pods: Elsewhere;
let own: Elsewhere;

beforeAll(async () => {
  [poor, pods, own] = await Promise.all([ownEngine({ images: [] }), podman(), rootless()]);
  await poor.stop();
  const settings = join(dirname(poor.socket), "daemon.json");
  rmSync(settings, { force: true });
  writeFileSync(settings, JSON.stringify({ "storage-driver": "vfs" }));
  await poor.start();
}, 300_000);

afterAll(async () => {
  await Promise.all([poor?.end(), pods?.end(), own?.end()]);
}, 60_000);

async function diagnosed(me: Person, setting: Setting = {}) {
  return findingsIn(await apart(me, ["doctor", "--json"], setting));
}

const nowhere = () => `unix://${temporaryDirectory()}/none.sock`;

test("an engine in order is ok in every respect, and is named with what chose it", async () => {
  const me = person();
  const found = findingsIn(await me.pet(["doctor", "--json"]));
  const why = "DOCKER_HOST";
  expect(of(found, "engine")).toEqual([
    row("engine", "ANSWERS", { product: "Docker Engine", address: testEngine().dockerHost, why }),
  ]);
  expect(of(found, "engine version")).toEqual([row("engine version", "FINE")]);
  expect(of(found, "storage")).toEqual([row("storage", "FINE")]);
  expect(of(found, "base image")).toEqual([row("base image", "HERE")]);
});

describe("where no engine answers", () => {
  test("those are offered that do, each by the line that leads there", async () => {
    const me = person({ DOCKER_HOST: nowhere() });
    const runtime = temporaryDirectory();
    const docker = [
      join(me.home, ".docker/run/docker.sock"),
      join(me.home, ".docker/desktop/docker.sock"),
      join(me.home, ".colima/default/docker.sock"),
      join(me.home, ".config/colima/default/docker.sock"),
      join(me.home, ".rd/docker.sock"),
      join(me.home, ".orbstack/run/docker.sock"),
    ];
    const pod = join(runtime, "podman/podman.sock");
    for (const path of docker) link(testEngine().socket, path);
    link(own.socket, join(runtime, "docker.sock"));
    link(pods.socket, pod);
    const steps = `ln -s ${testEngine().socket} /run/docker.sock
      mkdir /run/podman; ln -s ${pods.socket} /run/podman/podman.sock`;
    const [found, ...more] = of(await diagnosed(me, { steps, env: { XDG_RUNTIME_DIR: runtime } }), "engine");
    expect(more).toEqual([]);
    expect(found).toEqual(row("engine", "SILENT", { address: me.env.DOCKER_HOST ?? "" }));
    const lines = (found?.repair ?? "").split("\n").map((line) => line.replace(/ {4}# (\w+)[^,]*/, " $1"));
    const offer = (path: string, what: string) => `export DOCKER_HOST=unix://${path} ${what}`;
    expect(lines).toEqual([
      "unset DOCKER_HOST Docker",
      offer(join(runtime, "docker.sock"), "Docker, without root"),
      ...docker.map((path) => offer(path, "Docker")),
      ...[pod, "/run/podman/podman.sock"].map((path) => offer(path, "Podman")),
    ]);
  });

  test("one that Docker has a context for is offered by that", async () => {
    const me = person({ DOCKER_HOST: undefined });
    writeContext(me, "dead", nowhere());
    writeContext(me, "good", testEngine().dockerHost);
    writeFileSync(join(me.home, ".docker/config.json"), JSON.stringify({ currentContext: "dead" }));
    const [found] = of(await diagnosed(me), "engine");
    expect(found).toEqual(row("engine", "SILENT", { why: "Docker's configuration" }));
    expect(found?.repair).toMatch(/^docker context use good {4}# Docker Engine \S+$/);
  });

  test("and none is to be found, the line is said that starts it", async () => {
    const me = person({ DOCKER_HOST: undefined });
    const systemd = await diagnosed(me, { steps: "mkdir -p /run/systemd/system" });
    expect(of(systemd, "engine")).toEqual([
      row("engine", "SILENT", { ways: "sudo systemctl start docker", why: "the default" }),
    ]);
    expect(of(systemd, "engine version").concat(of(systemd, "storage"), of(systemd, "base image"))).toEqual(
      [],
    );
  });

  test("because pet cannot go there yet, that is said", async () => {
    const found = await diagnosed(person({ DOCKER_HOST: "ssh://far" }));
    expect(of(found, "engine")).toEqual([row("engine", "STRANGER", { address: "ssh://far" })]);
  });

  test("because there is no such context, that is said", async () => {
    const found = findingsIn(await person().pet(["doctor", "--json", "--context", "no-such"]));
    expect(of(found, "engine")).toEqual([
      row("engine", "NOWHERE", { hint: "See which there are: docker context ls" }),
    ]);
  });
});

test("the engine of the context that is given is asked, and no other that is named beside it", async () => {
  for (const host of ["tcp://127.0.0.1:9", "ssh://far", nowhere()]) {
    const me = person({ DOCKER_HOST: host });
    writeContext(me, "good", testEngine().dockerHost);
    const found = findingsIn(await me.pet(["doctor", "--json", "--context", "good"]));
    const address = testEngine().dockerHost;
    expect(of(found, "engine")).toEqual([row("engine", "ANSWERS", { address, why: "--context" })]);
    expect(of(found, "storage")).toEqual([row("storage", "FINE")]);
  }
});

test("an engine at a port is looked at without a word of anybody else's", async () => {
  const { host } = await proxy({ listen: "tcp" });
  const found = findingsIn(await person({ DOCKER_HOST: host }).pet(["doctor", "--json"]));
  expect(of(found, "engine")).toEqual([row("engine", "ANSWERS", { address: host })]);
});

test("what is no engine is told from one", async () => {
  const socket = join(temporaryDirectory(), "web.sock");
  const server = createWebServer((_, response) => response.writeHead(200).end("<html>hello</html>"));
  await listening(server, socket);
  const found = await diagnosed(person({ DOCKER_HOST: `unix://${socket}` }));
  expect(of(found, "engine")).toEqual([row("engine", "STRANGER", { ways: "unset DOCKER_HOST" })]);
});

test("what hangs, an engine or a registry, is a finding and no hang", async () => {
  const socket = join(temporaryDirectory(), "hanging.sock");
  await listening(createServer(), socket);
  const registry = createServer();
  await listening(registry, 0);
  const image = `127.0.0.1:${portOf(registry)}/base:1`;
  const me = person({ DOCKER_HOST: poor.dockerHost });
  await me.pet(["slow", `PET_BASE_IMAGE=${image}`]);
  const [engine, base] = await Promise.all([
    diagnosed(person({ DOCKER_HOST: `unix://${socket}` })),
    diagnosed(me),
  ]);
  expect(of(engine, "engine")).toEqual([row("engine", "HANGS", { ways: "unset DOCKER_HOST" })]);
  expect(of(base, "base image")).toContainEqual(row("base image", "LATE", { image }));
});

describe("an engine that this person may not use", () => {
  const nobody = 65534;
  const gid = 54321;
  const unwelcome = (steps = "") => {
    const { pet, home } = copyForAll();
    const me = person({ HOME: home, PET_CONFIG_HOME: join(home, "config"), DOCKER_HOST: poor.dockerHost });
    return diagnosed(me, { steps, uid: nobody, pet, cwd: "/" });
  };
  const groups = (members: string) => {
    const file = join(temporaryDirectory(), "group");
    writeFileSync(file, `root:x:0:\npetters:x:${gid}:${members}\n`);
    return `mount --bind ${file} /etc/group`;
  };

  beforeAll(() => {
    chmodSync(dirname(poor.socket), 0o711);
  });

  test("is one for its owner alone", async () => {
    run(...asRoot("chgrp", "0", poor.socket));
    expect(of(await unwelcome(), "engine")).toEqual([
      row("engine", "PRIVATE", { owner: "root", path: poor.socket }),
    ]);
  });

  test("is one for a group that they are not in", async () => {
    run(...asRoot("chgrp", String(gid), poor.socket));
    expect(of(await unwelcome(groups("ada")), "engine")).toEqual([
      row("engine", "PERMISSION", { group: "petters", others: "" }),
    ]);
  });

  test("is one for a group that they are in from their next login on", async () => {
    run(...asRoot("chgrp", String(gid), poor.socket));
    expect(of(await unwelcome(groups("ada,nobody")), "engine")).toEqual([
      row("engine", "LOGIN", { group: "petters", others: "" }),
    ]);
  });
});

test("an engine without root's rights is one like any other", async () => {
  const found = await diagnosed(person({ DOCKER_HOST: `unix://${own.socket}` }));
  expect(of(found, "engine")).toEqual([row("engine", "ANSWERS", { rootless: ", without root" })]);
  expect(of(found, "engine version")).toEqual([row("engine version", "FINE")]);
});

test("layers that are copied, and a base image that cannot be had, are said", async () => {
  const me = person({ DOCKER_HOST: poor.dockerHost });
  const image = "127.0.0.1:9/none:1";
  await me.pet(["wishful", `PET_BASE_IMAGE=${image}`]);
  const found = await diagnosed(me);
  expect(of(found, "storage")).toEqual([row("storage", "VFS")]);
  expect(of(found, "base image")).toContainEqual(row("base image", "MISSING", { image }));
});

test("Podman is known for what it is", async () => {
  const me = person({ DOCKER_HOST: `unix://${pods.socket}` });
  const found = await diagnosed(me);
  expect(of(found, "engine")).toEqual([row("engine", "ANSWERS", { product: "Podman" })]);
  const [version] = of(found, "engine version");
  expect(version?.state).not.toBe("ok");
  expect(version?.finding).toContain("this is Podman");
  expect(of(found, "storage")).toEqual([row("storage", "PODMAN_VFS")]);
  expect(of(found, "base image")).toEqual([row("base image", "UNKNOWN", { image: "debian:trixie-slim" })]);
});

function link(to: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(to, path);
}

/** As `docker context create` writes it. */
function writeContext(me: Person, name: string, host: string): void {
  run("docker", "--config", join(me.home, ".docker"), "context", "create", name, "--docker", `host=${host}`);
}

async function listening(server: Server, at: string | number): Promise<void> {
  await new Promise<void>((resolve) => server.listen(at, resolve));
  afterwards(() => {
    server.close();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens at no port");
  return address.port;
}

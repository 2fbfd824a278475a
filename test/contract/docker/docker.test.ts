/** What is Docker's own: how unprivileged a workspace is, a lock whose holder is killed, and engines that do not answer. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connectDocker } from "../../../src/engine/docker/index.ts";
import type { Engine } from "../../../src/engine/engine.ts";
import { testEngine } from "../../support/engine.ts";
import { temporaryDirectory } from "../../support/temporary.ts";
import { type Ground, home, newPet, run, running, testLabel, workspace } from "../ground.ts";
import { dockerGround } from "./ground.ts";

let ground: Ground;
beforeAll(async () => {
  ground = await dockerGround();
});
afterAll(() => ground.clean());

describe("a workspace", () => {
  const sh = async (name: Parameters<typeof run>[1], script: string) =>
    (await run(ground, name, ["sh", "-c", script])).stdout;

  test("is unprivileged: its uid, no capability, no new privileges, seccomp, few processes", async () => {
    const name = await running(ground, { uid: 1234, gid: 2345, pids: 99 });
    expect(await sh(name, "id -u; id -g")).toBe("1234\n2345\n");
    for (const pid of ["1", "self"]) {
      const status = await sh(name, `grep -E '^(Cap...|NoNewPrivs|Seccomp):' /proc/${pid}/status`);
      const fields = Object.fromEntries(status.split("\n").map((line) => line.split(/:\s+/)));
      for (const set of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]) {
        expect(fields[set]).toBe("0000000000000000");
      }
      expect(fields).toMatchObject({ NoNewPrivs: "1", Seccomp: "2" });
    }
    const found = await new Docker({ socketPath: testEngine().socket }).getContainer(name).inspect();
    expect(found.HostConfig).toMatchObject({
      PidsLimit: 99,
      Privileged: false,
      Init: false,
      RestartPolicy: { Name: "unless-stopped" },
    });
    expect(await sh(name, "ls /var/run/docker.sock /run/docker.sock 2>&1 | grep -c 'No such'")).toBe("2\n");
  });

  test.each([
    ["writable", false],
    ["read-only", true],
  ])("with a %s root has /tmp, /run and /home to write in", async (_, readOnly) => {
    const name = await running(ground, { readOnly });
    expect(await sh(name, "stat -c '%a %u %g' /run /tmp")).toBe("755 1000 1000\n1777 0 0\n");
    expect(await sh(name, "cp /bin/true /tmp/x && /tmp/x && echo runs")).toBe("runs\n");
    expect(await sh(name, "touch /run/x /home/x && echo written")).toBe("written\n");
    const root = await sh(name, "cat /proc/mounts | grep -E '^[^ ]+ / ' | grep -cE '[ ,]ro,'");
    expect(root).toBe(readOnly ? "1\n" : "0\n");
  });

  test("has its host name, environment, mounts and limits", async () => {
    const source = temporaryDirectory();
    chmodSync(source, 0o777);
    const name = await running(ground, {
      environment: { GREETING: "hello you", EMPTY: "" },
      mounts: [{ source, target: "/mnt/here", readOnly: true }],
      cpus: 0.5,
      memory: 64 * 1024 * 1024,
    });
    expect(await sh(name, "hostname; echo $GREETING; env | grep ^EMPTY")).toBe(
      `${name}\nhello you\nEMPTY=\n`,
    );
    expect(await sh(name, "touch /mnt/here/x 2>&1")).toContain("Read-only");
    const found = await new Docker({ socketPath: testEngine().socket }).getContainer(name).inspect();
    expect(found.HostConfig).toMatchObject({ NanoCpus: 5e8, Memory: 64 * 1024 * 1024 });
  });

  test("that mounts what the engine's host does not have is refused with its path", async () => {
    const wished = workspace(ground);
    const mounts = [{ source: "/no/such/folder", target: "/mnt", readOnly: false }];
    await expect(ground.engine.create({ ...wished, mounts })).rejects.toMatchObject({
      message: expect.stringContaining("/no/such/folder"),
    });
  });
});

describe("a container that somebody ran from an image of pet's", () => {
  test("is foreign, although it carries the image's labels", async () => {
    const docker = new Docker({ socketPath: testEngine().socket });
    const { name } = workspace(ground);
    await docker.createContainer({ name, Image: ground.image, Labels: testLabel });
    await expect(ground.engine.remove(name)).rejects.toMatchObject({ code: "FOREIGN" });
  });
});

describe("a replacement that was cut short", () => {
  /** Containers under the place's own name, and those with these suffixes: as any moment may leave them. */
  async function left(...suffixes: readonly string[]) {
    const docker = new Docker({ socketPath: testEngine().socket });
    const wished = workspace(ground);
    const ids = new Map<string, string | undefined>();
    for (const suffix of suffixes) {
      const name = `${wished.name}${suffix}` as typeof wished.name;
      await ground.engine.create({ ...wished, name });
      onTestFinished(() => ground.engine.remove(name));
      ids.set(suffix, (await ground.engine.inspect(name))?.id);
    }
    const there = async () => {
      const found = await docker.listContainers({ all: true, filters: { name: [`^/?${wished.name}`] } });
      return found.map(({ Id, Names }) => [Names[0], Id]);
    };
    return { wished, ids, there };
  }

  test.each([
    ["before it was proven, is undone", ["", ".new"], ""],
    ["once there was room, is finished", [".old", ".new"], ".new"],
    ["once the place was taken, is finished", ["", ".old"], ""],
    ["and lost the new one, is undone", [".old"], ".old"],
    ["and met one made by somebody else, leaves theirs", ["", ".new", ".old"], ""],
  ])("%s", async (_, suffixes, stays) => {
    const { wished, ids, there } = await left(...suffixes);
    await ground.engine.settle(wished.labels);
    expect(await there()).toEqual([[`/${wished.name}`, ids.get(stays)]]);
  });

  test("shows what is left of the place, so that no list is empty where something is", async () => {
    const { wished } = await left(".old", ".new");
    const shown = await ground.engine.list(wished.labels);
    expect(shown.map(({ name }) => name)).toEqual([`${wished.name}.old`]);
  });

  test("is nothing that a foreign container could be taken for", async () => {
    const docker = new Docker({ socketPath: testEngine().socket });
    const wished = workspace(ground);
    const foreign = await docker.createContainer({
      name: `${wished.name}.new`,
      Image: ground.image,
      Labels: testLabel,
    });
    await expect(ground.engine.replace(wished, async () => {})).rejects.toMatchObject({ code: "FOREIGN" });
    await ground.engine.settle(wished.labels);
    expect((await foreign.inspect()).State.Status).toBe("created");
  });
});

describe("a lock", () => {
  test("whose holder is killed outright is free within seconds", async () => {
    const key = `${newPet().prefix}-killed`;
    const holder = await holdInAnotherProcess(key);
    await expect(ground.engine.lock(key, "me", ground.image)).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining("somebody@else"),
    });
    holder.kill("SIGKILL");
    await expect
      .poll(async () => (await ground.engine.lock(key, "me", ground.image)).release(), {
        timeout: 10_000,
        interval: 200,
      })
      .toBeUndefined();
  });

  test("is no name of a TTY's, and a foreign container of its name is left alone", async () => {
    const docker = new Docker({ socketPath: testEngine().socket });
    const key = `${newPet().prefix}-foreign`;
    const container = await docker.createContainer({
      name: `${key}.lock`,
      Image: ground.image,
      Labels: testLabel,
    });
    await expect(ground.engine.lock(key, "me", ground.image)).rejects.toMatchObject({ code: "FOREIGN" });
    await container.remove();
  });

  test("leaves no container behind", async () => {
    const docker = new Docker({ socketPath: testEngine().socket });
    const key = `${newPet().prefix}-released`;
    await (await ground.engine.lock(key, "me", ground.image)).release();
    const names = (await docker.listContainers({ all: true })).flatMap(({ Names }) => Names);
    expect(names).not.toContain(`/${key}.lock`);
  });

  async function holdInAnotherProcess(key: string) {
    const program = fileURLToPath(import.meta.resolve("./hold-lock.ts"));
    const argv = [program, testEngine().socket, key, "somebody@else", ground.image];
    const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child.stdout, "data");
    return child;
  }
});

describe("an engine that is let go", () => {
  test("closes its doors and frees its locks", async () => {
    const engine = connectDocker({ kind: "unix", path: testEngine().socket });
    const key = `${newPet().prefix}-closed`;
    await engine.lock(key, "me", ground.image);
    const door = await engine.exec(await running(ground), ["sleep", "60"]);
    engine.close();
    await expect(door.exit).rejects.toMatchObject({ code: "DOOR_LOST" });
    await expect
      .poll(async () => (await ground.engine.lock(key, "you", ground.image)).release(), { timeout: 10_000 })
      .toBeUndefined();
  });
});

describe("an engine that", () => {
  const at = (path: string) => connectDocker({ kind: "unix", path });
  const everyWay: readonly [string, (engine: Engine) => Promise<unknown>][] = [
    ["inspect", (engine) => engine.inspect(workspace(ground).name)],
    ["exec", (engine) => engine.exec(workspace(ground).name, ["true"])],
    ["create", (engine) => engine.create(workspace(ground))],
    ["list", (engine) => engine.list({})],
    ["ensureHome", (engine) => engine.ensureHome(home())],
    ["lock", (engine) => engine.lock("x", "me", ground.image)],
  ];

  test.each(everyWay)("is not there is unreachable, by %s", async (_, ask) => {
    const path = join(temporaryDirectory(), "none.sock");
    await expect(ask(at(path))).rejects.toMatchObject({
      code: "ENGINE_UNREACHABLE",
      message: expect.stringContaining(`unix://${path}`),
    });
  });

  test.each(everyWay)("hangs up without a word is no bug of ours, by %s", async (_, ask) => {
    const path = await listening((socket) => socket.destroy());
    await expect(ask(at(path))).rejects.toMatchObject({ exit: 125 });
  });

  test.each(everyWay)("speaks no HTTP is no bug of ours, by %s", async (_, ask) => {
    const path = await listening((socket) => socket.end("SSH-2.0-OpenSSH\r\n\r\n"));
    await expect(ask(at(path))).rejects.toMatchObject({ exit: 125 });
  });

  async function listening(answer: (socket: import("node:net").Socket) => void): Promise<string> {
    const path = join(temporaryDirectory(), "odd.sock");
    const server = createServer(answer).listen(path);
    await once(server, "listening");
    onTestFinished(() => void server.close());
    return path;
  }
});

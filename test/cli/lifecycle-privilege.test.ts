/** A workspace has no privilege from its first instruction on, whatever its settings: by the engine's word and its own. */

import { beforeAll, describe, expect, test } from "vitest";
import { imageContract } from "../../src/pet/labels.ts";
import type { Outcome } from "../support/cli.ts";
import { inspected } from "./docker.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const usual = "plain";
/** Every setting at odds with the defaults, under a root file system that cannot be written. */
const odd = "strict";
destroyAfterwards(me, usual, odd);

const settings = [
  "PET_READ_ONLY=true",
  "PET_UID=4321",
  "PET_GID=8765",
  "PET_USER=ada",
  "PET_PIDS=64",
  "PET_CPUS=0.5",
  "PET_MEMORY=256m",
  "PET_TIMEZONE=Asia/Kathmandu",
  "PET_ENV=GREETING=good\\ morning TOKEN=s3cret-of-mine",
  "PET_LABELS=team=compilers",
];

async function inside(name: string, script: string): Promise<string> {
  const outcome = await me.pet([name, "--", "sh", "-c", script]);
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome.stdout;
}

beforeAll(async () => {
  const steps: readonly (readonly string[])[] = [
    [odd, "--config", ...settings],
    [usual, "--start"],
    [odd, "--start"],
  ];
  for (const args of steps) {
    const outcome: Outcome = await me.pet(args, { timeoutMs: 300_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

describe.each([
  [usual, { user: "1000:1000", pids: 4096, readOnly: false }],
  [odd, { user: "4321:8765", pids: 64, readOnly: true }],
])("%s", (name, { user, pids, readOnly }) => {
  const uid = user.split(":")[0];

  test("is made without privileges, as the engine tells", async () => {
    const { Config, HostConfig, Mounts } = await inspected(`pet-${name}-1`);
    expect(Config.User).toBe(user);
    expect(HostConfig).toMatchObject({
      Privileged: false,
      CapAdd: null,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      PidsLimit: pids,
      ReadonlyRootfs: readOnly,
      Binds: null,
      PidMode: "",
      IpcMode: "private",
      UTSMode: "",
      UsernsMode: "",
      NetworkMode: expect.stringMatching(/^(default|bridge)$/),
      PublishAllPorts: false,
    });
    expect(HostConfig.Devices ?? []).toEqual([]);
    expect(HostConfig.PortBindings ?? {}).toEqual({});
    expect(Mounts.map(({ Type, Name, Destination }: never) => [Type, Name, Destination])).toEqual([
      ["volume", `pet-${name}-home`, "/home"],
    ]);
  });

  test.each(["self", "1"])("has none inside, as /proc/%s/status tells", async (process) => {
    const status = await inside(name, `cat /proc/${process}/status`);
    const values = Object.fromEntries(status.split("\n").map((line) => line.split(/:\t\s*/)));
    for (const set of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"])
      expect([set, values[set]]).toEqual([set, "0000000000000000"]);
    expect(values.NoNewPrivs).toBe("1");
    expect(values.Seccomp).toBe("2");
    expect(values.Uid.split("\t")).toEqual([uid, uid, uid, uid]);
  });

  test("has nothing inside to gain one by: no engine's socket, no set-uid program, no listener", async () => {
    expect(await inside(name, "ls /run/docker.sock /var/run/docker.sock 2>/dev/null | wc -l")).toBe("0\n");
    expect(await inside(name, "find / -xdev -perm /6000 -type f 2>/dev/null | wc -l")).toBe("0\n");
    expect(await inside(name, "cat /proc/net/tcp /proc/net/tcp6 | awk '$4 == \"0A\"' | wc -l")).toBe("0\n");
  });

  test("may write where it is to write", async () => {
    const script = 'for at in "$HOME" /tmp /run; do touch "$at/mine" && rm "$at/mine" && echo yes; done';
    expect(await inside(name, script)).toBe("yes\nyes\nyes\n");
  });
});

describe("settings reach the workspace", () => {
  test("the root file system cannot be written, as root neither could", async () => {
    const outcome = await me.pet([odd, "--", "touch", "/var/tmp/x"]);
    expect(outcome.status).not.toBe(0);
    expect(outcome.stderr).toContain("Read-only file system");
  });

  test("any uid has a name, a home and a shell of its own", async () => {
    expect(await inside(odd, "whoami; id -u; id -g; pwd; stat -c %u:%g:%a ~")).toBe(
      "ada\n4321\n8765\n/home/ada\n4321:8765:700\n",
    );
    const terminal = me.open([odd]);
    await terminal.waitFor(`ada@pet-${odd}-1:~$`);
    terminal.key("ctrl-\\");
    expect(await terminal.exit).toMatchObject({ status: 0 });
  });

  test("limits of CPU and memory are the engine's to hold", async () => {
    const { HostConfig } = await inspected(`pet-${odd}-1`);
    expect(HostConfig).toMatchObject({ NanoCpus: 500_000_000, Memory: 256 * 1024 ** 2 });
  });

  test("so is the number of processes: more than it may have do not start", async () => {
    const script =
      "for (1..200) { $p = fork // last; if (!$p) { sleep 1; exit } $n++ } 1 while wait > 0; print $n";
    const count = Number((await me.pet([odd, "--", "perl", "-e", script])).stdout);
    expect(count).toBeGreaterThan(30);
    expect(count).toBeLessThan(64);
  });

  test("the time zone", async () => {
    expect(await inside(odd, "date +%z")).toBe("+0545\n");
  });

  test("the environment, in commands and in the console, and it is nobody else's to read", async () => {
    expect(await inside(odd, 'echo "$GREETING"')).toBe("good morning\n");
    const terminal = me.open([odd, "env"]);
    await terminal.waitFor("$");
    terminal.type('clear; echo "<$GREETING>"\r');
    await terminal.waitFor("<good morning>");
    terminal.type("exit\r");
    await terminal.exit;
    const { docker } = await import("./docker.ts");
    const { Config, Image } = await inspected(`pet-${odd}-1`);
    const volume = await inspected(`pet-${odd}-home`);
    const told = [
      JSON.stringify([Config.Labels, volume.Labels, Config.Cmd, Config.Entrypoint]),
      await docker(["history", "--no-trunc", Image]),
      await docker(["image", "inspect", Image]),
      await docker(["logs", `pet-${odd}-1`]),
      (await me.pet([odd, "--status", "--json"])).stdout,
      (await me.pet([odd, "--destroy", "--dry-run"])).stdout,
    ].join("\n");
    // What is looked for is found where it may be: the search itself is no illusion.
    expect(JSON.stringify(Config.Env)).toContain("s3cret-of-mine");
    expect(told).toContain(`pet-${odd}-1`);
    expect(told).not.toContain("s3cret");
  });

  test("labels, on the container and on the home, beside pet's own", async () => {
    const { Config } = await inspected(`pet-${odd}-1`);
    const { Labels } = await inspected(`pet-${odd}-home`);
    for (const labels of [Config.Labels, Labels]) {
      expect(labels).toMatchObject({ team: "compilers", "pet.instance": odd, "pet.prefix": "pet" });
      expect(JSON.parse(labels["pet.spec"])).toMatchObject({ PET_UID: "4321", PET_USER: "ada" });
    }
  });

  test("labels that tell what it was made from: a hash of all settings, the secret ones too, and the image's contract", async () => {
    const labelsOf = async (container: string) => (await inspected(container)).Config.Labels;
    const [one, image] = [
      await labelsOf(`pet-${odd}-1`),
      await inspected((await inspected(`pet-${odd}-1`)).Image),
    ];
    expect(one).toMatchObject({ "pet.kind": "tty", "pet.tty": "1", "pet.contract": imageContract });
    expect(image.Config.Labels).toMatchObject({ "pet.kind": "image", "pet.contract": imageContract });
    expect(one["pet.hash"]).toMatch(/^[0-9a-f]{16}/);
    // Of the same settings it is the same; of others, another.
    expect((await inspected(`pet-${odd}-home`)).Labels).toMatchObject({
      "pet.hash": one["pet.hash"],
      "pet.contract": imageContract,
    });
    expect((await labelsOf(`pet-${usual}-1`))["pet.hash"]).not.toBe(one["pet.hash"]);
    // A secret alone: no label that can be read is another, but the hash is.
    expect((await me.pet([odd, "PET_ENV=GREETING=good\\ morning TOKEN=another"])).status).toBe(0);
    expect((await me.pet([odd, "secret", "--start"])).status).toBe(0);
    const other = await labelsOf(`pet-${odd}-secret`);
    expect(other["pet.spec"]).toBe(one["pet.spec"]);
    expect(other["pet.hash"]).not.toBe(one["pet.hash"]);
  });
});

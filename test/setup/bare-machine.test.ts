import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../support/cli.ts";
import { bareMachine, clone, type Machine, system } from "./machine.ts";

const minutes = 60_000;
/** Where no registry answers. */
const fromPackages = [
  expect.stringMatching(/^No registry gave it \(.+\)\.$/),
  expect.stringMatching(/^Making a base image, pet\/base:trixie, from Debian's packages/),
  "Installing Debian packages: debootstrap debian-archive-keyring.",
];

describe("npm start on a bare Debian machine", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bareMachine();
  }, 10 * minutes);
  afterAll(() => machine?.remove());

  test(
    "elsewhere than on Debian it says what is missing, and changes nothing",
    async () => {
      await system(
        machine,
        "mv /etc/os-release /etc/os-release.debian; echo 'PRETTY_NAME=\"Plan 9\"' > /etc/os-release",
      );
      const outcome = await start(machine);
      await system(machine, "mv /etc/os-release.debian /etc/os-release");
      expect(outcome.status).toBe(1);
      expect(said(outcome)).toEqual([
        "Installing what pet is built from, with npm.",
        expect.stringMatching(/^This Node is v\d.*Installing one in \.node\/, for pet alone\.$/),
        "Building pet.",
        "No Docker Engine answers on this machine, and none is installed: installing Debian's.",
      ]);
      expect(outcome.stderr).toContain("This is Plan 9");
      expect(outcome.stderr).toContain("Install and start a Docker Engine");
      expect(await system(machine, "command -v dockerd || echo none")).toBe("none");
    },
    10 * minutes,
  );

  test("without root's rights it says what to type as root", async () => {
    await system(machine, `useradd --create-home somebody && chown -R somebody ${clone}`);
    const outcome = await start(machine, { user: "somebody", env: { HOME: "/home/somebody" } });
    await system(machine, `chown -R root ${clone}`);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(/As root: apt-get update && apt-get install .*docker\.io/);
  });

  test(
    "it ends with a command run in a new pet",
    async () => {
      const outcome = await start(machine);
      expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
      expect(outcome.stdout).toContain("developer@pet-demo-1: this pet works");
      const pulled = !outcome.stderr.includes("No registry gave it");
      expect(said(outcome)).toEqual([
        "No Docker Engine answers on this machine, and none is installed: installing Debian's.",
        "Installing Debian packages: docker.io docker-cli iptables ca-certificates.",
        expect.stringMatching(/^Starting the Docker Engine in the background.*: dockerd/),
        "Pulling the base image debian:trixie-slim.",
        ...(pulled ? [] : fromPackages),
        "pet demo -- sh -c 'echo …'",
      ]);
      // Before it does it, and not when it is done.
      expect(outcome.stderr).toMatch(/Installing Debian packages: docker\.io[\s\S]*Unpacking docker\.io/);
      expect(await system(machine, "ls -d /tmp/pet-* 2>/dev/null || echo none")).toBe("none");
    },
    15 * minutes,
  );

  test("the second run finds everything there, and takes less than 3 s", async () => {
    const engine = await system(machine, "cat /var/run/docker.pid");
    const seconds: number[] = [];
    // Other tests share the cores: what it takes is what it takes undisturbed.
    while (seconds.length < 3 && !seconds.some((one) => one < 3)) {
      const started = performance.now();
      const outcome = await start(machine);
      seconds.push((performance.now() - started) / 1000);
      expect(outcome).toMatchObject({ status: 0 });
      expect(outcome.stdout).toContain("developer@pet-demo-1: this pet works");
      expect(said(outcome)).toEqual(["pet demo -- sh -c 'echo …'"]);
    }
    expect(Math.min(...seconds)).toBeLessThan(3);
    expect(await system(machine, "cat /var/run/docker.pid")).toBe(engine);
  });

  test("an engine that a chosen context names is used, wherever it listens", async () => {
    await system(machine, "mv /run/docker.sock /run/lab.sock");
    await system(machine, "docker context create lab --docker host=unix:///run/lab.sock");
    const outcome = await start(machine, { env: { PET_CONTEXT: "lab" } });
    await system(machine, "mv /run/lab.sock /run/docker.sock");
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    expect(outcome.stdout).toContain("this pet works");
    expect(outcome.stderr).not.toMatch(/Installing|Starting|Making/);
  });

  describe("a person's own engine, without root's rights", () => {
    const runtime = "/run/user/1000";
    const socket = `${runtime}/docker.sock`;
    const env = { HOME: "/home/somebody", XDG_RUNTIME_DIR: runtime };
    beforeAll(async () => {
      await system(machine, `mkdir -p ${runtime} && mv /run/docker.sock ${socket}`);
      await system(machine, `chown -R somebody ${runtime} ${clone}`);
    });
    afterAll(async () => {
      await system(machine, `mv -f ${socket} /run/docker.sock && chown root:docker /run/docker.sock`);
      await system(machine, `chown -R root ${clone}`);
    });

    test("is used", async () => {
      const outcome = await start(machine, { user: "somebody", env });
      expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
      expect(outcome.stdout).toContain("this pet works");
      expect(outcome.stderr).not.toMatch(/Installing|Starting|Making|DOCKER_HOST/);
    });

    test("is used beside a usual socket where nobody answers, and pet's way to it said", async () => {
      await system(
        machine,
        `node -e 'require("net").createServer().listen("/run/docker.sock", process.exit)'`,
      );
      const outcome = await start(machine, { user: "somebody", env });
      expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
      expect(outcome.stdout).toContain("this pet works");
      expect(outcome.stderr).toContain(`export DOCKER_HOST=unix://${socket}`);
      expect(outcome.stderr).not.toMatch(/Installing|Starting|Making/);
    });
  });

  test("npm install -g . puts pet on the PATH", async () => {
    await system(machine, "npm install --global --silent .");
    expect(await system(machine, "cd / && pet --version")).toMatch(/^pet \d/);
    expect(await system(machine, "cd / && pet demo -- echo here </dev/null")).toBe("here");
  });

  test("a copied package, as some versions of npm install it, works too", async () => {
    await system(
      machine,
      "npm uninstall --global --silent pet && npm install --global --silent --install-links .",
    );
    expect(
      await system(machine, "! test -L /usr/local/lib/node_modules/pet && cd / && pet --version"),
    ).toMatch(/^pet \d/);
    expect(await system(machine, "cd / && pet demo -- echo here </dev/null")).toBe("here");
    await system(machine, "npm uninstall --global --silent pet && npm install --global --silent .");
  });

  test("a pet that was never built builds itself", async () => {
    await system(machine, `rm -rf ${clone}/dist`);
    expect(await system(machine, "cd / && pet --version 2>/dev/null")).toMatch(/^pet \d/);
  });

  test("a pet whose Node has gone finds another", async () => {
    await system(machine, `ln -sfn /nowhere ${clone}/dist/node`);
    expect(await system(machine, "cd / && pet --version")).toMatch(/^pet \d/);
    expect(await system(machine, `readlink ${clone}/dist/node`)).toContain("/.node/");
  });

  test("an engine that does not answer where DOCKER_HOST points is left alone", async () => {
    const outcome = await start(machine, { env: { DOCKER_HOST: "unix:///run/nobody.sock" } });
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain(
      "No engine answers at unix:///run/nobody.sock, which DOCKER_HOST names.",
    );
  });

  test("an engine that refuses this person is left alone", async () => {
    await system(machine, `chown -R somebody ${clone}`);
    const outcome = await start(machine, { user: "somebody", env: { HOME: "/home/somebody" } });
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain("sudo usermod -aG docker somebody");
  });
});

function start(machine: Machine, options: Parameters<Machine["run"]>[1] = {}) {
  return machine.run(["npm", "start", "--silent"], options);
}

/** The steps that set-up announced; what it tells of their progress is indented. */
function said({ stderr }: Outcome): string[] {
  return [...stderr.matchAll(/^» (\S.*)$/gm)].map(([, step = ""]) => step);
}

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bareMachine, clone, type Machine, system } from "./machine.ts";

const minutes = 60_000;

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
      expect(outcome.stderr).toContain("This is Plan 9");
      expect(outcome.stderr).toContain("docker.io");
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
      expect(await system(machine, "ls -d /tmp/pet-* 2>/dev/null || echo none")).toBe("none");
    },
    15 * minutes,
  );

  test("the second run finds everything there", async () => {
    const engine = await system(machine, "cat /var/run/docker.pid");
    const started = performance.now();
    const outcome = await start(machine);
    const seconds = (performance.now() - started) / 1000;
    expect(outcome).toMatchObject({ status: 0 });
    expect(outcome.stdout).toContain("developer@pet-demo-1: this pet works");
    expect(outcome.stderr).not.toMatch(/Installing|Building|Starting|Making/);
    // Meant to take less than 3 s; other tests share the cores.
    expect(seconds).toBeLessThan(8);
    expect(await system(machine, "cat /var/run/docker.pid")).toBe(engine);
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
    expect(outcome.stderr).toContain("DOCKER_HOST names an engine that does not answer");
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

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Terminal } from "../support/pty.ts";
import { bareMachine, clone, type Machine, system } from "./machine.ts";

const minutes = 60_000;

describe("npm start by a person with sudo", () => {
  let machine: Machine;
  let login: Terminal;
  beforeAll(async () => {
    machine = await bareMachine();
    await system(machine, "apt-get -qq -y install --no-install-recommends sudo");
    await system(machine, "useradd --create-home --groups=sudo --shell=/bin/bash anna");
    await system(machine, `echo anna:secret | chpasswd && chown -R anna ${clone}`);
    const env = { HOME: "/home/anna", PS1: "anna> ", TERM: "xterm-256color" };
    login = machine.open(["bash", "--norc", "--noprofile"], { user: "anna", env });
    await login.waitFor("anna> ");
  }, 10 * minutes);
  afterAll(() => machine?.remove());

  test(
    "sets up an engine that this login may not use yet, and ends in a prompt",
    async () => {
      login.type("npm start --silent\r");
      await login.waitFor("password for anna:", 5 * minutes);
      login.type("secret\r");
      await login.waitFor(/(developer@pet-demo-1:~\$|anna>) $/m, 10 * minutes);
      expect(login.screen().join("\n")).toMatch(/developer@pet-demo-1:~\$ $/m);
      login.key("ctrl-\\");
      await login.waitFor(/detached[\s\S]*anna> $/);
      const said = login.output().toString();
      for (const step of ["Adding anna to the group docker", "Starting the Docker Engine", "sg docker"])
        expect(said).toContain(step);
    },
    15 * minutes,
  );

  test("a second time within the login it works as well, and asks for nothing", async () => {
    login.type("clear; id -nG; npm start --silent </dev/null; echo status=$?\r");
    await login.waitFor(/status=\d/, minutes);
    const screen = login.screen().join("\n");
    expect(screen).toMatch(/^anna sudo$/m);
    expect(screen).toContain("developer@pet-demo-1: this pet works");
    expect(screen).toContain("status=0");
    expect(screen).not.toMatch(/password|Adding|Installing|Starting|Making/);
  });

  test("from the next login on nothing stands between them and the engine", async () => {
    const env = { HOME: "/home/anna" };
    const outcome = await machine.run(["npm", "start", "--silent"], { user: "anna", env });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    expect(outcome.stderr).not.toContain("sg docker");
  });
});

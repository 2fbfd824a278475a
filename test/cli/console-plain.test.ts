/** Without pet: `docker exec -it CONTAINER pet-console`, for when all that is at hand is docker. */

import { expect, test } from "vitest";
import { testEngine } from "../support/engine.ts";
import { open, type Terminal } from "../support/pty.ts";
import { consolesOf, detach } from "./consoles.ts";

const name = "without";
const { prompt, attached } = consolesOf(name);

function byDocker(): Terminal {
  const { dockerHost } = testEngine();
  const args = ["exec", "-it", `pet-${name}-1`, "pet-console"] as const;
  return open("docker", args, { env: { DOCKER_HOST: dockerHost } });
}

test("is at a prompt, is left by Ctrl-\\, and comes back to the same shell", async () => {
  const first = byDocker();
  await first.waitFor(prompt("1"), 20_000);
  first.type('mark=mine; echo "<$mark>"\r');
  await first.waitFor(/^<mine>$/m);
  first.key("ctrl-\\");
  expect(await first.exit).toMatchObject({ status: 0 });
  expect(first.screen().join("\n")).toMatch(/^<mine>\n.*\$ *\ndetached; come back with: pet-console\n+$/m);

  const again = byDocker();
  await again.waitFor(prompt("1"), 20_000);
  again.type('echo "<$mark> $(stty size)"\r');
  await again.waitFor(/^<mine> 24 80$/m);
  again.resize(100, 30);
  again.type("clear; until [ \"$(stty size)\" = '30 100' ]; do sleep 0.1; done; echo sized\r");
  await again.waitFor(/^sized$/m);
  again.key("ctrl-\\");
  expect(await again.exit).toMatchObject({ status: 0 });
});

test("is the shell that pet has as well, both at once, and its exit's status is told", async () => {
  const pet = await attached("1");
  const docker = byDocker();
  // Without a model of the screen it is blank until it is this one's turn.
  docker.type("other=theirs\r");
  await docker.waitFor(prompt("1"), 20_000);
  pet.type('echo "<$other>"\r');
  await pet.waitFor(/^<theirs>$/m);
  await docker.waitFor(/^<theirs>$/m);
  await detach(pet);
  docker.type("exit 7\r");
  expect(await docker.exit).toMatchObject({ status: 7 });
  const fresh = byDocker();
  await fresh.waitFor(prompt("1"), 20_000);
  fresh.type('echo "<$other>"\r');
  await fresh.waitFor(/^<>$/m);
  fresh.key("ctrl-\\");
  await fresh.exit;
});

test("leaves the terminal whole, whatever a program did to it", async () => {
  const shell = open("bash", ["--norc", "--noprofile", "-i"], {
    env: { PS1: "outer> ", DOCKER_HOST: testEngine().dockerHost },
  });
  await shell.waitFor("outer>");
  const fresh = shell.modes();
  shell.type(`docker exec -it pet-${name}-1 pet-console\r`);
  await shell.waitFor(prompt("1"), 20_000);
  shell.type("printf '\\e[?1049h\\e[?1000h\\e[?1006h\\e[?25l\\e[?1h\\e='; sleep 600\r");
  await shell.waitFor(({ modes }) => modes().alternateScreen);
  shell.key("ctrl-\\");
  await shell.waitFor(/outer> *$/m);
  expect(shell.modes()).toEqual(fresh);
  expect(shell.cursor().visible).toBe(true);
});

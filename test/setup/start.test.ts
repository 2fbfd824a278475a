import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { person } from "../support/cli.ts";
import { open } from "../support/pty.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const me = person();
afterAll(async () => {
  await me.pet(["demo", "--destroy", "--yes"]);
});

test("npm start at a terminal ends in a prompt inside the pet demo, and touches no engine that answers", async () => {
  const { path, used } = programsThatTell("apt-get", "dockerd", "systemctl", "sudo");
  const terminal = open("npm", ["start"], { env: { ...me.env, PATH: `${path}:${me.env.PATH}` } });
  await terminal.waitFor(/developer@pet-demo-1:~\$ $/m, 600_000);
  terminal.key("ctrl-\\");
  expect(await terminal.exit).toEqual({ status: 0, signal: 0 });
  expect(existsSync(used)).toBe(false);
}, 700_000);

test("npm start gives the status that the shell inside was left with", async () => {
  const terminal = open("npm", ["start"], { env: me.env });
  await terminal.waitFor(/developer@pet-demo-1:~\$ $/m, 60_000);
  terminal.type("exit 7\r");
  expect(await terminal.exit).toEqual({ status: 7, signal: 0 });
});

/** Programs that note that they were called, and fail. */
function programsThatTell(...names: readonly string[]): { path: string; used: string } {
  const path = temporaryDirectory();
  const used = join(path, "used");
  for (const name of names) {
    writeFileSync(join(path, name), `#!/bin/sh\necho ${name} >> '${used}'\nexit 1\n`);
    chmodSync(join(path, name), 0o755);
  }
  return { path, used };
}

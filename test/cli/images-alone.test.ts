/** What docs/images.md and an error give to paste, pasted: lines for a shell and docker, with pet or without it. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { open, type Terminal } from "../support/pty.ts";
import { docker, nothing, things } from "./docker.ts";
import { destroyAfterwards, resident } from "./resident.ts";
import { small, usable } from "./small-images.ts";

const me = resident();
const page = readFileSync(fileURLToPath(new URL("../../docs/images.md", import.meta.url)), "utf8");
const blocks = [...page.matchAll(/<!-- typed: \S+ -->\n```sh\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
let image = "";

/** Names that the page gives, and what is typed for them here. */
const names = { mine: "unaided", hers: "unaided-ro", foo: "unaided2" };

beforeAll(async () => {
  const built = await me.pet(["warm", "--build"], { timeoutMs: 300_000 });
  image = /pet\/debian:\w+/.exec(built.stderr)?.[0] ?? "";
  expect(image, built.stderr).not.toBe("");
});

afterAll(async () => {
  for (const name of [names.mine, names.hers]) await docker(["rm", "--force", name]);
  for (const name of [names.mine, names.hers]) await docker(["volume", "rm", "--force", `${name}-home`]);
  await docker(["rmi", "--force", "pet-test/outlived:1", "outlived-pet"]);
});
// After that in the file, so before it in the end: what uses an image goes first.
destroyAfterwards(me, names.foo, "mender");

/** A shell of somebody who has docker and, should they type it, pet. */
async function shell(): Promise<Terminal> {
  const path = `${dirname(petCommand)}:${me.env.PATH}`;
  const env = { ...me.env, PATH: path, PS1: "outer> ", PS2: "" };
  const terminal = open("bash", ["--norc", "--noprofile", "-i"], { env, cols: 160, rows: 50 });
  await terminal.waitFor("outer>");
  return terminal;
}

function typed(block: string): string {
  const named = Object.entries(names).reduce(
    (text, [name, other]) => text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), other),
    block,
  );
  return named.replaceAll("registry.example.org/me/tools:1", image).replaceAll("\n", "\r");
}

describe("with nothing but docker", () => {
  test("the page has its three ways", () => {
    expect(blocks).toHaveLength(3);
  });

  test.each([
    [0, names.mine, "developer", "1000"],
    [1, names.hers, "ada", "4321"],
    [2, `pet-${names.foo}-1`, "developer", "1000"],
  ])(
    "way %i ends in a console that is there again after one has left it",
    async (at, container, user, uid) => {
      const terminal = await shell();
      terminal.type(typed(blocks[at] ?? ""));
      await terminal.waitFor(`${user}@${container}:~$`, 60_000);
      terminal.type('mark=kept; echo "$(id -u) $HOME $(touch /x 2>&1 | grep -c Read-only)"\r');
      await terminal.waitFor(`${uid} /home/${user} ${container === names.hers ? 1 : 0}`, 30_000);
      terminal.key("ctrl-\\");
      await terminal.waitFor(/detached; .*\n+outer> *$/m, 30_000);
      terminal.type(`clear; docker exec -it ${container} pet-console\r`);
      // Not the prompt of before, should that still be in view.
      await terminal.waitFor(() => {
        const shown = terminal.screen().join("\n");
        return shown.includes(`${user}@${container}:~$`) && !shown.includes("detached");
      }, 30_000);
      terminal.type('echo "<$mark>"\r');
      await terminal.waitFor("<kept>", 30_000);
    },
  );

  test("the third is pet's own from then on", async () => {
    const name = names.foo;
    expect(await me.pet([name, "--attach", "--", "id", "-un"])).toMatchObject({ stdout: "developer\n" });
    const plan = await me.pet([name, "2", "--start", "--dry-run"]);
    expect(plan.stdout, plan.stderr).toContain(`create pet-${name}-2 from ${image}`);
    const { ttys } = JSON.parse((await me.pet([name, "--status", "--json"])).stdout);
    expect(ttys).toMatchObject([{ tty: "1", state: "running", image, outdated: [] }]);
    expect(await me.pet([name, "--destroy", "--yes"])).toMatchObject({ status: 0 });
    expect(await things(`pet-${name}-`)).toEqual(nothing);
  });
});

test("the lines that are shown for an image without the contract make one that is used", async () => {
  await small("pet-test/outlived:1", { ...usable, "pet.contract": "0" }, image);
  await me.pet(["mender", "PET_IMAGE=pet-test/outlived:1"]);
  const terminal = await shell();
  const refused = await me.pet(["mender", "--start"]);
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("[NO_CONTRACT]") });
  const [, lines = ""] = refused.stderr.split("For example:\n");
  expect(lines.split("\n").slice(-2)).toEqual(["  pet mender PET_IMAGE=outlived-pet", ""]);
  terminal.type(lines.replaceAll("\n", "\r"));
  await terminal.waitFor("wrote ", 120_000);
  await terminal.waitFor(/^outer> *$/m);
  terminal.type("clear; pet mender -- id -un\r");
  await terminal.waitFor(/^developer$/m, 60_000);
  expect(join(dirname(petCommand), "..", "terminals")).toBe(/-f - (\S+)/.exec(lines)?.[1]);
});

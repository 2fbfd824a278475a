/** Start-up pays only for what it uses: what of the build a run loads, as Node itself tells. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../support/temporary.ts";
import { detach } from "./consoles.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "lean";
destroyAfterwards(me, name);
recipe(me, "tiny", "");

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

/** Words in the code of a package that stay as they are when it is made small, and are in no other's. */
const marks = {
  dockerode: "followProgress",
  inquirer: "inquirer",
  "tar-stream": "ustar",
  "@xterm/headless": "windowsPty",
};

/** What is loaded is written down, a file a line. */
const hook = join(temporaryDirectory(), "hook.mjs");
writeFileSync(
  hook,
  `import { registerHooks } from "node:module";
   import { appendFileSync } from "node:fs";
   registerHooks({ load(url, context, next) { appendFileSync(process.env.LOADED, url + "\\n"); return next(url, context); } });`,
);

function watched() {
  const file = join(temporaryDirectory(), "loaded");
  return {
    env: { NODE_OPTIONS: `--import=${hook}`, LOADED: file },
    /** Of those above, which were in what was loaded. */
    packages(): readonly string[] {
      const files = readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((url) => fileURLToPath(url));
      expect(files).toContain(join(dist, "main.js"));
      return packagesIn(files);
    },
  };
}

function packagesIn(files: readonly string[]): readonly string[] {
  const code = files.map((file) => readFileSync(file, "utf8"));
  return Object.entries(marks).flatMap(([name, mark]) =>
    code.some((text) => text.includes(mark)) ? [name] : [],
  );
}

beforeAll(async () => {
  for (const words of [[tiny], ["--start"]]) {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

test("each of the packages looked for is somewhere in the build", () => {
  const files = readdirSync(dist).filter((file) => file.endsWith(".js"));
  expect(packagesIn(files.map((file) => join(dist, file)))).toEqual(Object.keys(marks));
});

describe("no package is loaded that is of no use to", () => {
  test.each([
    ["pet --version", ["--version"]],
    ["pet --help", ["--help"]],
    ["pet completion bash", ["completion", "bash"]],
    ["pet foo -- COMMAND where foo runs", [name, "--", "true"]],
    ["pet foo --start where foo runs", [name, "--start"]],
    ["pet foo --status", [name, "--status"]],
    ["pet ls", ["ls"]],
    ["pet foo KEY=value", [name, "PET_DETACH_KEYS=ctrl-q"]],
  ])("%s", async (_, words) => {
    const { env, packages } = watched();
    expect((await me.pet(words, { env })).status).toBe(0);
    expect(packages()).toEqual([]);
    await me.pet([name, "PET_DETACH_KEYS="]);
  });

  test("pet foo where foo runs, but for the model of a screen", async () => {
    const { env, packages } = watched();
    const terminal = me.open([name], { env });
    await terminal.waitFor(`@pet-${name}-1`);
    await detach(terminal);
    expect(packages().filter((one) => one !== "@xterm/headless")).toEqual([]);
  });

  test("a new TTY of a pet whose image is there, but for the packing that its tag comes from", async () => {
    const { env, packages } = watched();
    expect((await me.pet([name, "2", "--start"], { env })).status).toBe(0);
    expect(packages()).not.toContain("dockerode");
  });
});

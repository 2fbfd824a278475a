import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tools } from "../../../scripts/setup/test-tools.mjs";

/** On every Debian: its essential packages, and what runs or sets up the tests. */
const everywhere = "bash cksum npm perl rm setpriv sh sudo tar unshare".split(" ");

const call = /\b(?:spawn|spawnSync|execFile|execFileSync|runToEnd|open|attempt|run)\(\s*"([a-z][a-z-]*)"/g;

test("every program that the tests run is on every machine, or is brought along", () => {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const programs = files.flatMap((file) =>
    [...readFileSync(`test/${file}`, "utf8").matchAll(call)].map(([, program = ""]) => program),
  );
  expect(programs).toContain("docker");
  expect(
    programs.filter((program) => !everywhere.includes(program) && !Object.hasOwn(tools, program)),
  ).toEqual([]);
});

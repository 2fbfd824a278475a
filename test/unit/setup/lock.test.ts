import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { missing } from "../../../scripts/complete-lock.mjs";

test("the lock file names the binaries of every system, or npm ci would refuse it elsewhere (npm run lock)", () => {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  expect(missing(lock.packages).map(({ path }) => path)).toEqual([]);
});

test("what is missing is written as npm writes it", () => {
  const packages = {
    "node_modules/tool": {
      dev: true,
      optionalDependencies: {
        "@tool/binding-linux-arm64-musl": "1.0.0",
        "@tool/cli-darwin-x64": "1.0.0",
        "@tool/there": "1.0.0",
      },
    },
    "node_modules/@tool/there": { version: "1.0.0" },
  };
  expect(missing(packages)).toEqual([
    {
      path: "node_modules/@tool/binding-linux-arm64-musl",
      entry: { version: "1.0.0", cpu: ["arm64"], dev: true, libc: ["musl"], optional: true, os: ["linux"] },
    },
    {
      path: "node_modules/@tool/cli-darwin-x64",
      entry: { version: "1.0.0", cpu: ["x64"], dev: true, optional: true, os: ["darwin"] },
    },
  ]);
});

test("another version of it at the top is none: the owner gets its own", () => {
  const packages = {
    "node_modules/tool": { optionalDependencies: { "@tool/binding-win32-x64-msvc": "2.0.0" } },
    "node_modules/@tool/binding-win32-x64-msvc": { version: "1.0.0" },
  };
  expect(missing(packages)).toMatchObject([
    {
      path: "node_modules/tool/node_modules/@tool/binding-win32-x64-msvc",
      entry: { version: "2.0.0", os: ["win32"] },
    },
  ]);
});

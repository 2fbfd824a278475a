import { defineConfig } from "vitest/config";

const engine = "test/support/engine-setup.ts";
const petImage = "test/support/image-setup.ts";
const minute = 60_000;

/** A project a kind of test: what needs an engine of its own names it, and runs few files at a time. */
export default defineConfig({
  test: {
    pool: "forks",
    reporters: ["default"],
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 10_000 } },
      { test: { name: "holder", include: ["test/holder/**/*.test.ts"], testTimeout: 30_000, maxWorkers: 1 } },
      { test: { name: "completion", include: ["test/completion/**/*.test.ts"], testTimeout: 20_000 } },
      onEngine("contract", [engine]),
      onEngine("docker", [engine, petImage]),
      onEngine("cli", [engine, petImage]),
      onEngine("setup", [engine]),
    ],
  },
});

function onEngine(name: string, globalSetup: string[]) {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      globalSetup,
      testTimeout: 2 * minute,
      hookTimeout: 5 * minute,
      maxWorkers: name === "setup" ? 1 : 2,
    },
  };
}

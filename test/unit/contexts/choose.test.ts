import { describe, expect, test } from "vitest";
import { chooseContext, type Environment } from "../../../src/contexts/choose.ts";

const everything: Environment = { PET_CONTEXT: "pets", DOCKER_HOST: "tcp://host", DOCKER_CONTEXT: "docks" };

const cases: readonly [string, string | undefined, Environment, string | undefined, string, string][] = [
  ["the flag before all else", "flag", everything, "cfg", "name flag", "--context"],
  ["PET_CONTEXT before Docker's variables", undefined, everything, "cfg", "name pets", "PET_CONTEXT"],
  [
    "DOCKER_HOST before DOCKER_CONTEXT",
    undefined,
    { ...everything, PET_CONTEXT: undefined },
    "cfg",
    "address tcp://host",
    "DOCKER_HOST",
  ],
  [
    "DOCKER_CONTEXT before the configuration",
    undefined,
    { DOCKER_CONTEXT: "docks" },
    "cfg",
    "name docks",
    "DOCKER_CONTEXT",
  ],
  ["the configuration before the default", undefined, {}, "cfg", "name cfg", "Docker's configuration"],
  ["the default where nothing is said", undefined, {}, undefined, "name default", "the default"],
  [
    "empty variables as if they were not there",
    "",
    { PET_CONTEXT: "", DOCKER_HOST: "", DOCKER_CONTEXT: "" },
    "",
    "name default",
    "the default",
  ],
];

describe("a context is chosen by", () => {
  test.each(cases)("%s", (_, flag, env, configured, expected, why) => {
    const choice = chooseContext({ flag, env, configured: () => configured });
    expect(`${choice.by} ${choice.value}`).toBe(expected);
    expect(choice.why).toBe(why);
  });

  test("a look into Docker's configuration only where nothing else counts", () => {
    const configured = () => {
      throw new Error("looked");
    };
    expect(chooseContext({ flag: "flag", env: {}, configured }).value).toBe("flag");
    expect(() => chooseContext({ flag: undefined, env: {}, configured })).toThrow("looked");
  });
});

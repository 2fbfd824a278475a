import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configDirectory, configured, envFile } from "../../../src/config/place.ts";
import { type InstanceName, instanceName } from "../../../src/pet/names.ts";
import { reservedWords } from "../../../src/pet/words.ts";
import { temporaryDirectory } from "../../support/temporary.ts";

const foo = instanceName("foo");

describe("the configuration directory", () => {
  test.each([
    ["is PET_CONFIG_HOME", { PET_CONFIG_HOME: "/p", XDG_CONFIG_HOME: "/x", HOME: "/h" }, "/p"],
    ["is pet in XDG_CONFIG_HOME", { XDG_CONFIG_HOME: "/x", HOME: "/h" }, "/x/pet"],
    ["is in the home else", { HOME: "/h" }, "/h/.config/pet"],
    ["takes a relative XDG_CONFIG_HOME for none", { XDG_CONFIG_HOME: "x", HOME: "/h" }, "/h/.config/pet"],
    [
      "takes blank variables for none",
      { PET_CONFIG_HOME: "", XDG_CONFIG_HOME: "", HOME: "/h" },
      "/h/.config/pet",
    ],
  ])("%s", (_, environment, expected) => {
    expect(configDirectory(environment)).toBe(expected);
  });
});

describe("a pet's .env file", () => {
  test.each([
    ["default", ".env_default_foo"],
    ["my_ctx-1.a", ".env_my_ctx-1.a_foo"],
    ["kube:prod", ".env_kube%3Aprod_foo"],
    ["../../etc/passwd", ".env_..%2F..%2Fetc%2Fpasswd_foo"],
    ["50%", ".env_50%25_foo"],
    ["$(reboot)", ".env_%24%28reboot%29_foo"],
    ["é", ".env_%C3%A9_foo"],
  ])("of the context %s is %s", (context, name) => {
    expect(envFile("/c", context, foo)).toBe(`/c/${name}`);
  });

  const context = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(..."./\\_%:\0\n $".split("")), maxLength: 12 }),
  );
  const instance = fc
    .stringMatching(/^[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?$/)
    .filter((name) => !reservedWords.has(name))
    .map((name): InstanceName => instanceName(name));

  test("never leaves the directory", () => {
    fc.assert(
      fc.property(context, instance, (name, pet) => {
        const path = envFile("/c/pet", name, pet);
        expect(dirname(path)).toBe("/c/pet");
        expect(join(path)).toBe(path);
        expect(path).toMatch(/^[\w.@+%/-]+$/);
      }),
    );
  });

  test("belongs to one pet of one context alone", () => {
    fc.assert(
      fc.property(context, instance, context, instance, (nameA, petA, nameB, petB) => {
        fc.pre((nameA !== nameB || petA !== petB) && nameA.isWellFormed() && nameB.isWellFormed());
        expect(envFile("/c", nameA, petA)).not.toBe(envFile("/c", nameB, petB));
      }),
    );
  });

  test("is refused where its name would be too long for a file", () => {
    expect(() => envFile("/c", "/".repeat(100), foo)).toThrow(
      expect.objectContaining({ code: "CONTEXT_TOO_LONG" }),
    );
  });

  test("is found again in the directory, among other files", () => {
    const directory = temporaryDirectory();
    for (const path of [
      envFile(directory, "kube:a/b_c", instanceName("bar-1")),
      envFile(directory, "default", foo),
      join(directory, ".env_default_Foo"),
      join(directory, ".env_default_$(touch x)"),
      join(directory, ".env_%E0%A4_foo"),
      join(directory, ".env_default_status"),
      join(directory, "env_default_foo"),
      join(directory, ".env"),
    ]) {
      writeFileSync(path, "");
    }
    expect(configured(directory)).toEqual([
      { context: "kube:a/b_c", instance: "bar-1" },
      { context: "default", instance: "foo" },
    ]);
  });

  test("is not there where the directory is not", () => {
    expect(configured("/nowhere/at/all")).toEqual([]);
  });
});

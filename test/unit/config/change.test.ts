import { describe, expect, test } from "vitest";
import { changedText, changesFrom, printedValue } from "../../../src/config/change.ts";
import type { EnvFile } from "../../../src/config/env-file.ts";
import type { Host } from "../../../src/config/host.ts";
import { changeBy, judged, questions } from "../../../src/config/prompt.ts";
import { settingsFrom } from "../../../src/config/settings.ts";

const host: Host = {
  gitName: "Ada",
  gitEmail: "",
  timeZone: "",
  locale: "C.UTF-8",
  httpProxy: "",
  httpsProxy: "",
  noProxy: "",
};

function file(text: string): EnvFile {
  return { path: "/c/f", text, exists: true, values: new Map() };
}

describe("--config KEY=value", () => {
  test.each([
    ["sets", "# mine\nX=1\n", { PET_MEMORY: "2g" }, "# mine\nX=1\nPET_MEMORY=2g\n"],
    ["replaces", "PET_MEMORY=1g # little\n", { PET_MEMORY: "2g" }, "PET_MEMORY=2g # little\n"],
    ["clears with nothing", "PET_MEMORY=1g\nX=1\n", { PET_MEMORY: "" }, "X=1\n"],
    ["clears with -", "PET_MEMORY=1g\nX=1\n", { PET_MEMORY: "-" }, "X=1\n"],
    ["writes blank where the default is not", "", { PET_GIT_NAME: "-" }, "PET_GIT_NAME=\n"],
    ["changes several", "", { PET_UID: "5", PET_GID: "6" }, "PET_UID=5\nPET_GID=6\n"],
  ])("%s", (_, text, given, expected) => {
    const pairs = Object.entries(given).map(([key, value]) => ({ key, value }));
    expect(changedText(file(text), changesFrom(pairs), "foo")).toBe(expected);
  });

  test("makes a file that tells what it is", () => {
    const none = { ...file(""), exists: false };
    expect(changedText(none, changesFrom([{ key: "PET_UID", value: "5" }]), "foo")).toMatch(
      /^# Settings of the pet foo\..*\nPET_UID=5\n$/,
    );
  });

  test("refuses a value before anything is written", () => {
    expect(() => changesFrom([{ key: "PET_MEMORY", value: "lots" }])).toThrow(
      expect.objectContaining({
        code: "BAD_VALUE",
        message: expect.stringContaining("--config: PET_MEMORY must be"),
      }),
    );
  });

  test.each([
    ["PET_MEMROY", "PET_MEMORY"],
    ["MEMORY", "PET_MEMORY"],
    ["PET_MEM", "PET_MEMORY"],
  ])("takes %s for a slip", (key, near) => {
    expect(() => changesFrom([{ key, value: "2g" }])).toThrow(
      expect.objectContaining({ code: "UNKNOWN_KEY", hint: expect.stringContaining(near) }),
    );
  });
});

describe("--config KEY", () => {
  test("prints the value as it would stand in the file", () => {
    const values = new Map([["PET_MEMORY", { text: "2048m", where: "" }]]);
    expect(printedValue(settingsFrom(values, host), "PET_MEMORY")).toBe("2g");
    expect(printedValue(settingsFrom(values, host), "PET_USER")).toBe("developer");
  });

  test("names no key where none is near", () => {
    expect(() => changesFrom([{ key: "PET_UNHEARD", value: "1" }])).toThrow(
      expect.objectContaining({ hint: "Every key: docs/configuration.md" }),
    );
  });

  test("knows only its keys", () => {
    expect(() => printedValue(settingsFrom(new Map(), host), "HOME")).toThrow(
      expect.objectContaining({ code: "UNKNOWN_KEY" }),
    );
  });
});

describe("the questions of --config", () => {
  const asked = (values: Readonly<Record<string, string>>) =>
    questions(new Map(Object.entries(values).map(([key, text]) => [key, { text, where: "" }])), host);
  const question = (key: string, values = {}) => {
    const found = asked(values).find((each) => each.key === key);
    if (found === undefined) throw new Error(`${key} is not asked`);
    return found;
  };

  test.each([
    ["what is there", "PET_GIT_NAME", { PET_GIT_NAME: "Bo" }, "Bo"],
    ["what is there, blank too", "PET_GIT_NAME", { PET_GIT_NAME: "" }, ""],
    ["the default", "PET_GIT_NAME", {}, "Ada"],
    ["the default", "PET_TERMINAL", {}, "debian"],
    ["nothing, where there is neither", "PET_PACKAGES", {}, ""],
    ["no secret that is there", "PET_ENV", { PET_ENV: "A=hunter2" }, ""],
  ])("propose %s (%s)", (_, key, values, proposal) => {
    expect(question(key, values).proposal).toBe(proposal);
  });

  test("show an example where there is nothing to propose", () => {
    expect(question("PET_PACKAGES").message).toContain("ripgrep");
    expect(question("PET_TERMINAL").message).not.toContain("debian");
    expect(question("PET_ENV", { PET_ENV: "A=hunter2" }).message).toMatch(/Enter keeps/);
    expect(JSON.stringify(asked({ PET_ENV: "A=hunter2" }))).not.toContain("hunter2");
  });

  test.each([
    ["PET_GIT_NAME", " Bo ", [["PET_GIT_NAME", "Bo"]]],
    ["PET_GIT_NAME", "-", [["PET_GIT_NAME", ""]]],
    ["PET_PACKAGES", "-", [["PET_PACKAGES", undefined]]],
    ["PET_PACKAGES", "", []],
    ["PET_MEMORY", "2g", [["PET_MEMORY", "2g"]]],
  ])("take for %s the answer “%s”", (key, answer, expected) => {
    expect([...changeBy(question(key), answer)]).toEqual(expected);
  });

  test("keep a secret on Enter and clear it on -", () => {
    const hidden = question("PET_ENV", { PET_ENV: "A=hunter2" });
    expect([...changeBy(hidden, "")]).toEqual([]);
    expect([...changeBy(hidden, "-")]).toEqual([["PET_ENV", undefined]]);
  });

  test("say at once what is wrong with an answer", () => {
    expect(judged(question("PET_MEMORY"), "lots")).toMatch(/^PET_MEMORY must be/);
    expect(judged(question("PET_MEMORY"), "2g")).toBe(true);
    expect(judged(question("PET_MEMORY"), "-")).toBe(true);
  });
});

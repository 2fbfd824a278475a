import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { localeOf, readHost, timeZoneOf } from "../../../src/config/host.ts";
import { temporaryDirectory } from "../../support/temporary.ts";

describe("git's name and address", () => {
  test.each([
    ["plain", "[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n", "Ada Lovelace"],
    ["the last of two", "[user]\nname = A\n[core]\nname = B\n[user]\nname = C\n", "C"],
    ["quoted, with a comment", '[user] name = "Ada # \\"L\\"" ; who\n', 'Ada # "L"'],
    ["without the blanks around it", "[user]\n  name =   Ada  L   # x\n", "Ada  L"],
    ["over two lines", "[user]\nname = Ada \\\nLovelace\n", "Ada Lovelace"],
    ["in capitals", "[USER]\nNAME = Ada\n", "Ada"],
    ["of nobody", "[alias]\nname = x\n", ""],
    ["from an included file", "[include]\npath = more\n", "Included"],
    ["over an included file", "[include]\npath = ~/more\n[user]\nname = Own\n", "Own"],
    ["in a circle of includes", "[user]\nname = Own\n[include]\npath = .gitconfig\n", "Own"],
    [
      "outside of what holds here and there",
      '[user]\nname = Own\n[includeIf "gitdir:/x/"]\npath = more\n',
      "Own",
    ],
  ])("%s", (_, config, expected) => {
    const home = temporaryDirectory();
    writeFileSync(join(home, ".gitconfig"), config);
    writeFileSync(join(home, "more"), "[user]\nname = Included\n");
    expect(readHost({ HOME: home }).gitName).toBe(expected);
  });

  test("are read from the XDG place, and from GIT_CONFIG_GLOBAL alone where it is set", () => {
    const home = temporaryDirectory();
    mkdirSync(join(home, ".config/git"), { recursive: true });
    writeFileSync(join(home, ".config/git/config"), "[user]\nemail = xdg@example.org\n");
    writeFileSync(join(home, "other"), "[user]\nemail = other@example.org\n");
    expect(readHost({ HOME: home }).gitEmail).toBe("xdg@example.org");
    expect(readHost({ HOME: home, GIT_CONFIG_GLOBAL: join(home, "other") }).gitEmail).toBe(
      "other@example.org",
    );
  });
});

describe("the time zone", () => {
  test.each([
    [{ TZ: "Asia/Tokyo" }, "Asia/Tokyo"],
    [{ TZ: ":Asia/Tokyo" }, "Asia/Tokyo"],
    [{ TZ: "UTC" }, "UTC"],
    [{ TZ: "<+03>-3" }, "Europe/Paris"],
    [{}, "Europe/Paris"],
  ])("with %j is %s", (environment, expected) => {
    const link = join(temporaryDirectory(), "localtime");
    symlinkSync("/usr/share/zoneinfo/Europe/Paris", link);
    expect(timeZoneOf(environment, link)).toBe(expected);
  });

  test("is not known where no link tells it", () => {
    expect(timeZoneOf({}, join(temporaryDirectory(), "none"))).toBe("");
  });
});

test.each([
  [{ LANG: "en_GB.UTF-8" }, "en_GB.UTF-8"],
  [{ LANG: "de_DE.utf8" }, "de_DE.UTF-8"],
  [{ LANG: "en_GB.UTF-8", LC_ALL: "fr_FR.UTF-8" }, "fr_FR.UTF-8"],
  [{ LANG: "de_DE.ISO-8859-1" }, "C.UTF-8"],
  [{ LANG: "C" }, "C.UTF-8"],
  [{}, "C.UTF-8"],
])("the locale with %j is %s", (environment, expected) => {
  expect(localeOf(environment)).toBe(expected);
});

test.each([
  [{ http_proxy: "http://proxy:3128" }, "http://proxy:3128"],
  [{ HTTP_PROXY: "http://u:p@proxy:3128/" }, "http://u:p@proxy:3128"],
  [{ http_proxy: "http://127.0.0.1:3128" }, ""],
  [{ http_proxy: "http://localhost:3128" }, ""],
  [{ http_proxy: "http://[::1]:3128" }, ""],
  [{ http_proxy: "proxy:3128" }, ""],
  [{}, ""],
])("the proxy with %j is %s", (environment, expected) => {
  expect(readHost(environment).httpProxy).toBe(expected);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesSince, differences } from "../../../src/config/difference.ts";
import type { Values } from "../../../src/config/env-file.ts";
import type { Host } from "../../../src/config/host.ts";
import { schema } from "../../../src/config/schema.ts";
import { sealOf } from "../../../src/config/seal.ts";
import {
  publicSettings,
  rememberedSettings,
  settingsFrom,
  valuesFrom,
  wishedOver,
} from "../../../src/config/settings.ts";
import { strayKeys } from "../../../src/config/stray.ts";
import type { Settings } from "../../../src/pet/settings.ts";

const host: Host = {
  gitName: "Ada Lovelace",
  gitEmail: "ada@example.org",
  timeZone: "Europe/London",
  locale: "en_GB.UTF-8",
  httpProxy: "http://ada:secret@proxy.example.org:3128",
  httpsProxy: "",
  noProxy: "localhost",
};

function given(values: Readonly<Record<string, string>>): Values {
  return new Map(
    Object.entries(values).map(([key, text], at) => [key, { text, where: `/c/.env_x_foo:${at + 1}` }]),
  );
}

const pathPart = fc.string({
  unit: fc.constantFrom(..."ab ,:\\\"'$#\n漢".split("")),
  minLength: 1,
  maxLength: 6,
});
const path = fc.array(pathPart, { minLength: 1, maxLength: 3 }).map((parts) => `/x${parts.join("/x")}`);
const mounts = fc.uniqueArray(fc.record({ source: path, target: path, readOnly: fc.boolean() }), {
  selector: ({ target }) => target,
  maxLength: 3,
});
const environment = fc.dictionary(
  fc.stringMatching(/^[A-OQ-Za-z_][A-Za-z0-9_]{0,6}$/),
  fc.string({ unit: fc.constantFrom(..."ab =\\\"'`$#\n\t,漢".split("")), maxLength: 12 }),
  { noNullPrototype: true },
);
const settings: fc.Arbitrary<Settings> = fc
  .record({
    mounts,
    environment,
    uid: fc.integer({ min: 1, max: 2147483647 }),
    memory: fc.oneof(fc.constant(0), fc.integer({ min: 6 * 1024 ** 2, max: 2 ** 40 })),
    scrollback: fc.integer({ min: 65536, max: 64 * 1024 ** 2 }),
    cpus: fc.integer({ min: 10, max: 999999 }).map((thousandths) => thousandths / 1000),
    readOnly: fc.boolean(),
    packages: fc
      .uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9+.-]{1,8}$/))
      .map((names) => names.toSorted()),
    gitName: fc.constantFrom("", "Ada", "O'Neill “Q” \\ #1"),
  })
  .map((some) => ({ ...settingsFrom(new Map(), host), ...some }));

describe("settings", () => {
  test("are the defaults where nothing is given", () => {
    expect(settingsFrom(new Map(), host)).toMatchObject({
      terminal: "debian",
      baseImage: "debian:trixie-slim",
      user: "developer",
      uid: 1000,
      pids: 4096,
      scrollback: 2 * 1024 * 1024,
      detachKeys: "ctrl-\\",
      gitName: "Ada Lovelace",
      timeZone: "Europe/London",
      httpProxy: host.httpProxy,
      readOnly: false,
    });
  });

  test.each<[string, string, Partial<Settings>]>([
    ["PET_MEMORY", "2g", { memory: 2 * 1024 ** 3 }],
    ["PET_MEMORY", "1.5G", { memory: 1.5 * 1024 ** 3 }],
    ["PET_MEMORY", "512mb", { memory: 512 * 1024 ** 2 }],
    ["PET_MEMORY", "", { memory: 0 }],
    ["PET_CPUS", "1.5", { cpus: 1.5 }],
    ["PET_PACKAGES", " ripgrep,jq  g++ jq", { packages: ["g++", "jq", "ripgrep"] }],
    ["PET_READ_ONLY", "Yes", { readOnly: true }],
    ["PET_GIT_NAME", "", { gitName: "" }],
    ["PET_UID", "", { uid: 1000 }],
    ["PET_TIMEZONE", "", { timeZone: "" }],
    ["PET_TIMEZONE", "America/Argentina/Buenos_Aires", { timeZone: "America/Argentina/Buenos_Aires" }],
    ["PET_ENV", "A=1 B=two\\ words C=x=y D=", { environment: { A: "1", B: "two words", C: "x=y", D: "" } }],
    [
      "PET_MOUNTS",
      "/a:/b:ro, /c\\ d/:/e\\:f",
      {
        mounts: [
          { source: "/a", target: "/b", readOnly: true },
          { source: "/c d", target: "/e:f", readOnly: false },
        ],
      },
    ],
    ["PET_LABELS", "team=x org.example/a=b", { labels: { team: "x", "org.example/a": "b" } }],
    ["PET_BASE_IMAGE", `localhost:5000/a/b_c:1@sha256:${"0".repeat(64)}`, {}],
    ["PET_DETACH_KEYS", "ctrl-p,ctrl-q", { detachKeys: "ctrl-p,ctrl-q" }],
    ["PET_HTTP_PROXY", "", { httpProxy: "" }],
  ])("%s=%s is understood", (key, text, expected) => {
    expect(settingsFrom(given({ [key]: text }), host)).toMatchObject(expected);
  });

  test.each([
    ["PET_TERMINAL", "../debian"],
    ["PET_TERMINAL", "base"],
    ["PET_PREFIX", "my-pet"],
    ["PET_BASE_IMAGE", "debian trixie"],
    ["PET_BASE_IMAGE", "--help"],
    ["PET_USER", "root"],
    ["PET_USER", "Ada"],
    ["PET_USER", "a/../../etc"],
    ["PET_UID", "0"],
    ["PET_UID", "1e3"],
    ["PET_UID", "99999999999"],
    ["PET_SHELL", "bash"],
    ["PET_SHELL", "/bin/bash -c x"],
    ["PET_PACKAGES", "jq;reboot"],
    ["PET_PACKAGES", "-o=x"],
    ["PET_GIT_NAME", "Ada\nLovelace"],
    ["PET_CPUS", "-1"],
    ["PET_CPUS", "two"],
    ["PET_MEMORY", "1m"],
    ["PET_MEMORY", "lots"],
    ["PET_PIDS", "1"],
    ["PET_READ_ONLY", "maybe"],
    ["PET_MOUNTS", "data:/data"],
    ["PET_MOUNTS", "/data"],
    ["PET_MOUNTS", "/a:/b:rx"],
    ["PET_MOUNTS", "/a:/b /c:/b/"],
    ["PET_MOUNTS", "/a:/"],
    ["PET_MOUNTS", "/a:/home"],
    ["PET_MOUNTS", "/a:/home/.pet/x"],
    ["PET_MOUNTS", "/a:/b/../home"],
    ["PET_MOUNTS", "/a:/proc/self"],
    ["PET_ENV", "A"],
    ["PET_ENV", "1A=x"],
    ["PET_ENV", "PET_USER=x"],
    ["PET_LABELS", "pet.kind=tty"],
    ["PET_DETACH_KEYS", "ctrl-1"],
    ["PET_TIMEZONE", "../../etc/passwd"],
    ["PET_LOCALE", "x y"],
    ["PET_HTTP_PROXY", "proxy:3128"],
    ["PET_HTTP_PROXY", "ftp://proxy"],
    ["PET_NO_PROXY", "a b"],
    ["PET_CA_FILE", "ca.pem"],
    ["PET_SCROLLBACK", "1g"],
  ])("%s=%s is refused with its file and line", (key, text) => {
    const values = given({ OTHER: "x", [key]: text });
    const where = expect.stringMatching(new RegExp(`^/c/\\.env_x_foo:2: ${key} (must|has) .+\\.$`));
    expect(() => settingsFrom(values, host)).toThrow(
      expect.objectContaining({ code: "BAD_VALUE", message: where }),
    );
  });

  test("that may be secret are never quoted in an error", () => {
    for (const [key, text] of [
      ["PET_ENV", "TOKEN=hunter2 \\ hunter2"],
      ["PET_ENV", "hunter2"],
      ["PET_HTTP_PROXY", "ftp://ada:hunter2@proxy"],
      ["PET_HTTPS_PROXY", "http://ada:hunter2 @proxy"],
      ["PET_NO_PROXY", "hunter2 x"],
    ] as const) {
      expect(() => settingsFrom(given({ [key]: text }), host)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
      );
    }
  });

  test("come back from their text as they were", () => {
    fc.assert(
      fc.property(settings, (some) => {
        expect(settingsFrom(given(Object.fromEntries(valuesFrom(some))), host)).toEqual(some);
      }),
      { numRuns: 500 },
    );
  });

  test("have an example in every row that its own type takes", () => {
    for (const row of schema) expect(row.type.parse(row.example), row.key).toHaveProperty("value");
  });

  test("have each key once, and every default is a value of its type", () => {
    const keys = schema.map((row) => row.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(settingsFrom(given(Object.fromEntries(valuesFrom(settingsFrom(new Map(), host)))), host)).toEqual(
      settingsFrom(new Map(), host),
    );
  });
});

describe("what a label remembers", () => {
  test("comes back, but for what may be secret and what is this machine's affair", () => {
    fc.assert(
      fc.property(settings, (some) => {
        const { environment: _, ...rest } = some;
        const back = rememberedSettings(publicSettings(some), "pet-foo-1", host);
        expect(back).toEqual({ ...rest, environment: {} });
      }),
      { numRuns: 300 },
    );
  });

  test("holds no secret", () => {
    const some = settingsFrom(
      given({ PET_ENV: "TOKEN=hunter2", PET_HTTPS_PROXY: "http://a:hunter2@p" }),
      host,
    );
    expect(publicSettings(some)).not.toMatch(/hunter2|secret|TOKEN/);
  });

  test("is the same text for the same settings, whatever the detach keys", () => {
    const [a, b] = [given({ PET_DETACH_KEYS: "ctrl-q" }), given({})].map((values) =>
      settingsFrom(values, host),
    );
    expect(a && publicSettings(a)).toBe(b && publicSettings(b));
  });

  test("may have keys of a newer pet, and lack keys of this one", () => {
    const back = rememberedSettings('{"PET_UID":"1234","PET_WINGS":"2"}', "pet-foo-1", host);
    expect(back).toEqual({ ...settingsFrom(new Map(), host), uid: 1234 });
  });

  test.each(["", "{", "null", "[]x", '"x"', '{"PET_UID":1}', '{"PET_UID":"root"}', '{"PET_MOUNTS":"/:/"}'])(
    "is refused when it cannot be: %j",
    (spec) => {
      expect(() => rememberedSettings(spec, "pet-foo-1", host)).toThrow(
        expect.objectContaining({ code: "BROKEN_SPEC", message: expect.stringContaining("pet-foo-1") }),
      );
    },
  );
});

describe("the difference between settings", () => {
  test("is told key by key, secrets without their value", () => {
    const before = settingsFrom(given({}), host);
    const after = settingsFrom(
      given({ PET_MEMORY: "2g", PET_ENV: "TOKEN=hunter2", PET_DETACH_KEYS: "ctrl-q" }),
      host,
    );
    const [memory, environmentChange, keys, ...others] = differences(before, after);
    expect(memory).toEqual({ key: "PET_MEMORY", scope: "container", before: "0", after: "2g" });
    expect(environmentChange?.key).toBe("PET_ENV");
    expect(JSON.stringify(environmentChange)).not.toContain("hunter2");
    expect(keys).toMatchObject({ key: "PET_DETACH_KEYS", scope: "laptop" });
    expect(others).toEqual([]);
  });
});

describe("since a label was written", () => {
  const spec = publicSettings(settingsFrom(given({ PET_MEMORY: "1g" }), host));
  const plain = { spec, seal: sealOf(spec, given({ PET_MEMORY: "1g" })) };
  const elsewhere = { ...host, locale: "C.UTF-8", gitName: "Bo" };
  const secretive = { spec, seal: sealOf(spec, given({ PET_MEMORY: "1g", PET_ENV: "TOKEN=one" })) };

  const lines = (memory: typeof plain, values: Readonly<Record<string, string>>, here: Host) =>
    changesSince(memory, settingsFrom(given(values), here), given(values)).map(({ line }) => line);

  test.each<[string, Readonly<Record<string, string>>, Host, readonly string[]]>([
    ["nothing has changed", { PET_MEMORY: "1g" }, host, []],
    ["a key was set", { PET_MEMORY: "2g" }, host, ["PET_MEMORY: 1g → 2g"]],
    ["a key was taken out", {}, host, ["PET_MEMORY: 1g → 0"]],
    ["packages were added", { PET_MEMORY: "1g", PET_PACKAGES: "jq" }, host, ["PET_PACKAGES: none → jq"]],
    ["the laptop is another", { PET_MEMORY: "1g" }, elsewhere, []],
    [
      "a locale was wished for",
      { PET_MEMORY: "1g", PET_LOCALE: "C.UTF-8" },
      host,
      [`PET_LOCALE: ${host.locale} → C.UTF-8`],
    ],
    ["the detach keys are others", { PET_MEMORY: "1g", PET_DETACH_KEYS: "ctrl-q" }, host, []],
  ])("%s", (_, values, here, changed) => {
    expect(lines(plain, values, here)).toEqual(changed);
  });

  const env = "PET_ENV: (kept to itself)";
  const proxy = "PET_HTTP_PROXY: (kept to itself)";
  test.each<[string, typeof plain, Readonly<Record<string, string>>, Host, readonly string[]]>([
    ["a secret is the same", secretive, { PET_ENV: "TOKEN=one" }, host, []],
    ["a secret is another", secretive, { PET_ENV: "TOKEN=two" }, host, [env]],
    ["a secret was taken out", secretive, {}, host, [env]],
    ["a secret was set", plain, { PET_ENV: "TOKEN=one" }, host, [env]],
    [
      "a second secret was set",
      secretive,
      { PET_ENV: "TOKEN=one", PET_HTTP_PROXY: "http://p.example:1" },
      host,
      [proxy],
    ],
    [
      "one took the place of another",
      secretive,
      { PET_HTTP_PROXY: "http://p.example:1" },
      host,
      [env, proxy],
    ],
    ["the laptop has a proxy", plain, {}, { ...host, httpProxy: "http://proxy.example:1" }, []],
    ["the laptop is another, the secret the same", secretive, { PET_ENV: "TOKEN=one" }, elsewhere, []],
  ])("%s", (_, memory, more, here, changed) => {
    expect(lines(memory, { PET_MEMORY: "1g", ...more }, here)).toEqual(changed);
  });

  test("each change has a word", () => {
    const values = given({ PET_PACKAGES: "jq", PET_ENV: "TOKEN=two" });
    const words = changesSince(secretive, settingsFrom(values, host), values).map(({ word }) => word);
    expect(words).toEqual(["packages", "memory", "env"]);
  });

  test("what cannot be read is a change, and said so", () => {
    const broken = { spec: "{", seal: undefined };
    expect(changesSince(broken, settingsFrom(given({}), host), given({}))).toMatchObject([
      { word: "settings" },
    ]);
  });

  test("a secret is in no label", () => {
    expect(JSON.stringify(secretive)).not.toContain("one");
  });

  test("a key that the label's pet did not know is no change", () => {
    const older = { spec: '{"PET_UID":"1000"}', seal: undefined };
    expect(changesSince(older, settingsFrom(given({}), host), given({}))).toEqual([]);
  });
});

describe("a container that is there is wished otherwise", () => {
  const spec = publicSettings(settingsFrom(given({ PET_MEMORY: "1g" }), host));
  const elsewhere = { ...host, locale: "C.UTF-8", gitName: "Bo" };

  test("by what the file says, and its silence; not by another laptop's defaults", () => {
    const { gitName, locale, packages, memory } = wishedOver(spec, given({ PET_PACKAGES: "jq" }), elsewhere);
    expect({ gitName, locale, packages, memory }).toEqual({
      gitName: host.gitName,
      locale: host.locale,
      packages: ["jq"],
      memory: 0,
    });
    expect(wishedOver(spec, given({ PET_GIT_NAME: "Bo" }), host).gitName).toBe("Bo");
  });

  test("by this laptop's, where it remembers none, or they may be secret", () => {
    const proxy = "http://proxy.example:1";
    const settings = wishedOver('{"PET_UID":"1000"}', given({}), { ...elsewhere, httpProxy: proxy });
    expect(settings).toMatchObject({ gitName: "Bo", httpProxy: proxy });
  });
});

test("a key that is none of pet's is told with its line, others' are not", () => {
  expect(strayKeys(given({ PET_UID: "1", PET_MEMROY: "2g", PET_WINGS: "2", EDITOR: "vim" }))).toEqual([
    "/c/.env_x_foo:2: there is no setting called PET_MEMROY; did you mean PET_MEMORY?",
    "/c/.env_x_foo:3: there is no setting called PET_WINGS",
  ]);
});

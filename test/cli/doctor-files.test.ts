/** pet doctor before files and disks that are really not as they should be. */

import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Person, person, petCommand, runToEnd } from "../support/cli.ts";
import { testEngine } from "../support/engine.ts";
import { findingsIn, of, row } from "../support/findings.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { apart } from "./apart.ts";
import { asNobody, copyForAll } from "./nobody.ts";

/** So that no engine is asked for: what is looked at here is on this machine. */
const nowhere = { DOCKER_HOST: undefined, DOCKER_CONTEXT: "no-such" };

async function diagnosed(me: Person, env: Readonly<Record<string, string | undefined>> = {}) {
  return findingsIn(await me.pet(["doctor", "--json"], { env }));
}

describe("configuration", () => {
  test("that is in order is counted", async () => {
    const me = person(nowhere);
    expect(of(await diagnosed(me), "configuration")).toEqual([row("configuration", "NONE")]);
    await me.pet(["foo", "PET_CPUS=1"], { env: { DOCKER_HOST: testEngine().dockerHost } });
    expect(of(await diagnosed(me), "configuration")).toEqual([
      row("configuration", "FINE", { count: "1 .env file", directory: me.config }),
    ]);
  });

  test("is told of everything that is wrong with it, each with its repair", async () => {
    const me = person({ DOCKER_HOST: undefined });
    const file = (name: string, text = "", mode = 0o600) => {
      const path = join(me.config, name);
      writeFileSync(path, text, { mode });
      chmodSync(path, mode);
      return path;
    };
    const broken = file(".env_default_broken", "PET_CPUS=1\nthis is no line\n");
    const bad = file(".env_default_bad", "PET_MEMORY=lots\n");
    const open = file(".env_default_open", "PET_CPUS=1\n", 0o644);
    const stray = file(".env_default_stray", "PET_MEMORIE=2g\n");
    const nameless = file(".env_default_No");
    const socket = file(".env_var+run+docker.sock_twice");
    const usual = file(".env_default_twice");
    file(".env_elsewhere_twice");
    file(".env_other%2Fprefix_open", "PET_PREFIX=mine\n");
    const pipe = join(me.config, ".env_default_pipe");
    await runToEnd("sh", ["-c", 'mkfifo "$1"', "sh", pipe]);
    const dangling = join(me.config, ".env_default_dangling");
    symlinkSync("/nowhere/at/all", dangling);
    chmodSync(me.config, 0o755);

    const found = of(findingsIn(await apart(me, ["doctor", "--json"])), "configuration");
    const edit = (path: string) => `"\${EDITOR:-vi}" ${path}`;
    expect(found).toHaveLength(9);
    for (const expected of [
      row("configuration", "DIRECTORY_OPEN", { path: me.config, mode: "0755" }),
      row("configuration", "BROKEN", { failure: `${broken}:2: this is neither KEY=value nor a # comment.` }),
      row("configuration", "BROKEN", { edit: edit(bad) }),
      row("configuration", "OPEN", { file: open, mode: "0644", path: open }),
      row("configuration", "STRAY_KEY", {
        stray: `${stray}:1: there is no setting called PET_MEMORIE; did you mean PET_MEMORY?`,
        edit: edit(stray),
      }),
      row("configuration", "NO_FILE", {
        file: pipe,
        path: pipe,
        away: join(me.config, "away.env_default_pipe"),
      }),
      row("configuration", "NO_FILE", { file: dangling, path: dangling }),
      row("configuration", "TWICE", { path: usual, path2: socket, instance: "twice" }),
      row("configuration", "NAMELESS", { file: nameless, path: nameless }),
    ]) {
      expect(found).toContainEqual(expected);
    }

    // What stands under a finding can be pasted: these leave nothing of it.
    const repairs = [me.config, open, pipe].map((path) =>
      found.find(({ finding }) => finding.startsWith(path)),
    );
    for (const one of repairs) {
      const pasted = await runToEnd("sh", ["-euc", one?.repair ?? "false"]);
      expect(pasted, pasted.stderr).toMatchObject({ status: 0 });
    }
    const left = of(findingsIn(await apart(me, ["doctor", "--json"])), "configuration");
    expect(left.map(({ finding }) => finding).sort()).toEqual(
      found
        .filter((one) => !repairs.includes(one))
        .map(({ finding }) => finding)
        .sort(),
    );
  });

  test("of somebody else is said to be theirs", async () => {
    const { pet, home } = copyForAll();
    const own = { HOME: home, PET_CONFIG_HOME: join(home, "config"), ...nowhere };
    const me = person(own);
    mkdirSync(join(home, "config"), { mode: 0o755 });
    const secret = join(home, "config", ".env_default_secret");
    writeFileSync(secret, "", { mode: 0o600 });
    chmodSync(secret, 0);
    const asSomebodyElse = { pet, uid: 65534, cwd: "/" };
    expect(
      of(findingsIn(await apart(me, ["doctor", "--json"], asSomebodyElse)), "configuration"),
    ).toContainEqual(row("configuration", "UNREADABLE", { path: secret }));
    chmodSync(join(home, "config"), 0o700);
    chmodSync(join(home, "config"), 0);
    const closed = of(findingsIn(await apart(me, ["doctor", "--json"], asSomebodyElse)), "configuration");
    expect(closed).toEqual([row("configuration", "DIRECTORY_UNREADABLE", { reason: "permission denied" })]);
    chmodSync(join(home, "config"), 0o700);
  });
});

describe("Docker's configuration", () => {
  const name = "docker configuration";
  test("is looked at, and the programs that it names", async () => {
    const me = person(nowhere);
    const file = join(me.home, ".docker/config.json");
    expect(of(await diagnosed(me), name)).toEqual([row(name, "NONE", { file })]);
    mkdirSync(join(me.home, ".docker"));
    for (const [text, expected] of [
      ['{ "auths": {} }', row(name, "FINE", { file })],
      ['{ "auths": {', row(name, "DAMAGED", { file, path: file })],
      ["[]", row(name, "DAMAGED", { file })],
      ['{ "credsStore": "no-such" }', row(name, "NO_HELPER", { helper: "no-such" })],
      [
        '{ "credHelpers": { "a.example": "none", "b.example": "none" } }',
        row(name, "NO_HELPER", { helper: "none" }),
      ],
    ] as const) {
      writeFileSync(file, text);
      expect(of(await diagnosed(me), name)).toEqual([expected]);
    }
    rmSync(file);
    symlinkSync("config.json", file);
    expect(of(await diagnosed(me), name)).toEqual([row(name, "UNREADABLE", { path: file })]);
  });

  test("that is damaged keeps pet from knowing its engine, where that decides", async () => {
    const me = person({ DOCKER_HOST: undefined });
    const file = join(me.home, ".docker/config.json");
    mkdirSync(join(me.home, ".docker"));
    writeFileSync(file, "{");
    const found = findingsIn(await apart(me, ["doctor", "--json"]));
    expect(of(found, "engine")).toEqual([row("engine", "NOWHERE")]);
    const [{ repair } = { repair: null }] = of(found, name);
    await runToEnd("sh", ["-euc", repair ?? "false"]);
    expect(of(findingsIn(await apart(me, ["doctor", "--json"])), name)).toEqual([row(name, "NONE")]);
  });
});

describe("disks", () => {
  /** Mounted where the engine keeps its data, in a home, a cache and for temporary files. */
  const disks = async (sizes: Readonly<Record<"data" | "home" | "cache" | "tmp", string>>) => {
    const me = person();
    const places = {
      data: join(testEngine().socket, "../data"),
      home: me.home,
      cache: join(temporaryDirectory(), "cache"),
      tmp: temporaryDirectory(),
    };
    mkdirSync(places.cache);
    const steps = Object.entries(sizes).map(
      ([name, size]) => `mount -t tmpfs -o ${size},mode=1777 tmpfs ${places[name as keyof typeof places]}`,
    );
    const env = { XDG_CACHE_HOME: places.cache, TMPDIR: places.tmp };
    const outcome = await apart(me, ["doctor", "--json"], { steps: steps.join("\n"), env, cwd: "/" });
    return { found: of(findingsIn(outcome), "disk"), places };
  };
  const plenty = "size=3g";

  test("with room are ok", async () => {
    const { found } = await disks({ data: plenty, home: plenty, cache: plenty, tmp: "size=70m" });
    expect(found).toEqual([row("disk", "FINE")]);
    expect(found[0]?.finding).toMatch(
      /^3\.2 GB for the engine's data, your home, pet's cache; 73 MB for temporary files$/,
    );
  });

  test("with little or none are not", async () => {
    const { found, places } = await disks({
      data: "size=100m",
      home: "size=10m",
      cache: "size=512k",
      tmp: `${plenty},nr_inodes=20`,
    });
    expect(found).toEqual([
      row("disk", "FULL", { what: "the engine's data", size: "104 MB" }),
      row("disk", "LOW", { what: "your home", path: places.home }),
      row("disk", "FULL", { what: "pet's cache" }),
      row("disk", "NO_FILES", { what: "temporary files", pasted: places.tmp }),
    ]);
  });
});

/** A mount that has died cannot be had on every machine: what is hung up here is the program that looks first. */
test("a directory that does not answer is a finding and no hang", async () => {
  const me = person(nowhere);
  const bin = join(me.home, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "stat"), `#!/bin/sh\ncase $2 in "$DEAD"*) exec sleep 600 ;; esac\n`, {
    mode: 0o755,
  });
  const dead = temporaryDirectory();
  const env = { PATH: `${bin}:${me.env.PATH}`, DEAD: dead, PET_CONFIG_HOME: dead, XDG_CACHE_HOME: dead };
  const found = await diagnosed(me, env);
  expect(of(found, "configuration")).toEqual([row("configuration", "DEAD", { directory: dead })]);
  expect(of(found, "disk")).toEqual([row("disk", "SILENT", { path: join(dead, "pet") })]);
  expect(of(found, "docker configuration")).toEqual([row("docker configuration", "NONE")]);
});

describe("the command", () => {
  const on = (me: Person, target: string) => {
    const bin = join(me.home, "bin");
    mkdirSync(bin, { recursive: true });
    rmSync(join(bin, "pet"), { force: true });
    symlinkSync(target, join(bin, "pet"));
    return { PATH: `${bin}:/usr/bin:/bin` };
  };

  test("is there, is another, or is missing", async () => {
    const me = person(nowhere);
    expect(of(await diagnosed(me, on(me, petCommand)), "command")).toEqual([row("command", "FINE")]);
    const { pet } = copyForAll();
    expect(of(await diagnosed(me, on(me, pet)), "command")).toEqual([
      row("command", "OTHER", { own: petCommand }),
    ]);
    expect(of(await diagnosed(me, { PATH: "/usr/bin:/bin" }), "command")).toEqual([
      row("command", "MISSING"),
    ]);
  });

  test("that finds its Node only by a search says so", async () => {
    const { pet, root, home } = copyForAll();
    rmSync(join(root, "dist/node"));
    chmodSync(join(root, "dist"), 0o555);
    const me = person({ HOME: home, PET_CONFIG_HOME: join(home, "config"), ...nowhere });
    const found = findingsIn(await apart(me, ["doctor", "--json"], { pet, uid: 65534, cwd: "/" }));
    expect(of(found, "node")).toEqual([row("node", "LOOSE", { link: join(root, "dist/node") })]);
    chmodSync(join(root, "dist"), 0o755);
    const mended = findingsIn(await asNobody(person(nowhere), ["doctor", "--json"], nowhere));
    expect(of(mended, "node")).toEqual([row("node", "FINE")]);
  });
});

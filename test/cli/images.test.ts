/** Pre-built images and published ones, with a real registry: one for everybody, one for members alone. */

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Outcome, runToEnd } from "../support/cli.ts";
import { member, type Registry, registry } from "../support/registry.ts";
import { docker, inspected, nothing, things } from "./docker.ts";
import { proxy } from "./proxy.ts";
import { recipe } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";
import { offerElsewhere, small, smallElsewhere, usable } from "./small-images.ts";

const me = resident();
let everybodys: Registry;
let members: Registry;

/** No other file's image, so that it may be taken from the engine here. */
const greeting = `hello of ${process.pid} at ${new Date().toISOString()}`;

async function run(words: readonly string[], env = {}): Promise<Outcome> {
  return await me.pet(words, { env, timeoutMs: 120_000 });
}

async function done(words: readonly string[], env = {}): Promise<string> {
  const outcome = await run(words, env);
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome.stdout;
}

/** Every name of these repositories, and what they alone name. */
async function forget(...repositories: readonly string[]): Promise<void> {
  for (const repository of repositories) {
    const ids = await docker(["images", "--quiet", "--no-trunc", repository]);
    for (const id of new Set(ids.split("\n").filter(Boolean))) await docker(["rmi", "--force", id]);
  }
}

beforeAll(async () => {
  [everybodys, members] = await Promise.all([registry({ for: "everybody" }), registry({ for: "members" })]);
  recipe(me, "lent", `RUN echo '${greeting}' > /etc/greeting`);
  await done(["lender", "PET_TERMINAL=lent"]);
}, 120_000);

afterAll(async () => {
  await forget(`${everybodys.address}/*/*`, `${members.address}/*/*`, "pet/lent", "pet-test/small");
});
// After that in the file, so before it in the end: what uses an image goes first.
destroyAfterwards(me, "lender", "borrower", "guest");

describe("an image that is published", () => {
  const goal = () => `${everybodys.address}/pets/tools:1`;

  test("is built if need be; a dry run says so and does nothing", async () => {
    const plan = await done(["lender", "push", goal(), "--dry-run"]);
    expect(plan).toMatch(/^build image (pet\/lent:\w+)\npush \1 as 127\.0\.0\.1:\d+\/pets\/tools:1\n$/);
    expect(await docker(["images", "--quiet", "pet/lent"])).toBe("");
  });

  test("is told by its digest, which the registry knows", async () => {
    const outcome = await run(["push", "lender", goal()]);
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    const published = outcome.stdout.trim();
    expect(published).toMatch(/^127\.0\.0\.1:\d+\/pets\/tools@sha256:[0-9a-f]{64}$/);
    expect(outcome.stderr).toMatch(/built|building/);
    expect(outcome.stderr).toMatch(/pushing \S+\/tools:1\n( {2}\d of \d layers\n)+/);
    expect(outcome.stderr).toContain(`PET_IMAGE=${published}`);
    const [, digest = ""] = published.split("@");
    const manifests = `http://${everybodys.address}/v2/pets/tools/manifests`;
    const headers = { accept: "application/vnd.docker.distribution.manifest.v2+json" };
    const answer = await fetch(`${manifests}/1`, { headers });
    expect(answer.headers.get("docker-content-digest")).toBe(digest);
  });

  test.each([
    ["tools", "names no registry"],
    ["registry.example.org/Tools", "must name an image in small letters"],
    [`registry.example.org/tools@sha256:${"0".repeat(64)}`, "has a digest"],
    ["registry.example.org/a b", "must be a reference"],
  ])("under %s it is not, and it is said why", async (name, why) => {
    const outcome = await run(["lender", "push", name]);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("[BAD_PUSH_NAME]");
    expect(outcome.stderr).toContain(why);
  });

  test("where nobody answers it is said, and the name is none on the engine", async () => {
    const outcome = await run(["lender", "push", "127.0.0.1:9/pets/tools:1"]);
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    expect(outcome.stderr).toContain("[REGISTRY_UNREACHABLE]");
    expect(await docker(["images", "--quiet", "127.0.0.1:9/pets/tools"])).toBe("");
  });
});

describe("a pet from a pre-built image", () => {
  const there = (name: string) => `${everybodys.address}/pets/tools${name}`;
  let digest = "";

  beforeAll(async () => {
    digest = (await done(["lender", "push", there(":1")])).trim().replace(/^.*@/, "");
    await forget(there(""), "pet/lent");
  });

  test("is planned with a pull", async () => {
    await done([
      "borrower",
      `PET_IMAGE=${there(":1")}`,
      "PET_UID=4321",
      "PET_GID=4322",
      "PET_READ_ONLY=true",
    ]);
    expect(await done(["borrower", "--start", "--dry-run"])).toMatch(
      /^pull image \S+\/pets\/tools:1\nmake home /,
    );
  });

  test("has any uid and a read-only root", async () => {
    const script =
      "id -u; id -g; cat /etc/greeting; touch ~/x /tmp/x && ! touch /x 2>/dev/null && echo written";
    const outcome = await run(["borrower", "--", "sh", "-c", script]);
    expect(outcome.stdout, outcome.stderr).toBe(`4321\n4322\n${greeting}\nwritten\n`);
    expect(outcome.stderr).toMatch(/^pulling \S+\/pets\/tools:1\n( {2}\d of \d layers\n)+$/);
    const { ttys } = JSON.parse(await done(["borrower", "--status", "--json"]));
    expect(ttys).toMatchObject([{ image: there(":1"), outdated: [] }]);
  });

  test("pulls no second time, and says so when asked to build", async () => {
    const outcome = await run(["borrower", "--build"]);
    expect(outcome.stderr).toContain(`nothing changed: ${there(":1")} is there`);
    const started = await run(["borrower", "2", "--start"]);
    expect(started, started.stderr).toMatchObject({ status: 0 });
    expect(started.stderr).not.toContain("pulling");
  });

  test("is found by another laptop with its image", async () => {
    const other = resident();
    const plan = await other.pet(["borrower", "3", "--start", "--dry-run"]);
    expect(plan.stdout, plan.stderr).toContain(`create pet-borrower-3 from ${there(":1")}`);
  });

  test("asks the registry when told to, and says whether it had another", async () => {
    const before = (await inspected("pet-borrower-1")).Image;
    const same = await run(["borrower", "--build", "--pull"]);
    expect(same.stderr, same.stderr).toContain(`nothing changed: the registry has no other ${there(":1")}`);
    recipe(me, "lent", `RUN echo 'another ${greeting}' > /etc/greeting`);
    await done(["lender", "push", there(":1")]);
    await docker(["tag", before, there(":1")]);
    const other = await run(["borrower", "--build", "--pull"]);
    expect(other.stderr, other.stderr).toContain(`pulled ${there(":1")}`);
    expect((await inspected("pet-borrower-1")).Image).toBe(before);
    expect((await inspected(there(":1"))).Id).not.toBe(before);
  });

  test("is outdated then, and made anew from it when told to", async () => {
    const plan = await done(["borrower", "--recreate", "--dry-run"]);
    expect(plan).toContain(`pet-borrower-1: image: ${there(":1")} was pulled anew since\n`);
    expect(await done(["borrower", "--status"])).toMatch(/outdated: image\b/);
    await done(["borrower", "--recreate"]);
    expect(await done(["borrower", "--", "cat", "/etc/greeting"])).toBe(`another ${greeting}\n`);
    expect(await done(["borrower", "--recreate", "--dry-run"])).toContain("nothing changed since");
  });

  test("is told that packages are a recipe's", async () => {
    const added = await run(["borrower", "add", "jq"]);
    expect(added).toMatchObject({ status: 2, stderr: expect.stringContaining("[PREBUILT_IMAGE]") });
    expect(added.stderr).toContain(`pet borrower PET_IMAGE= PET_BASE_IMAGE=${there(":1")}`);
    const outcome = await run(["borrower", "PET_PACKAGES=jq", "--build"]);
    expect(outcome.stderr).toContain(`PET_PACKAGES shapes recipes alone: ${there(":1")} is used as it is`);
  });

  test("by digest is of that image, whatever its tag means now", async () => {
    await done(["borrower", "--destroy", "--yes"]);
    await forget(there(""));
    await done(["guest", `PET_IMAGE=${there(`@${digest}`)}`]);
    const terminal = me.open(["guest"], { cols: 120 });
    await terminal.waitFor("@pet-guest-1", 60_000);
    const shown = terminal.output().toString();
    expect(shown).toMatch(/pulling \S+\/tools@sha256:[0-9a-f]{12}… \d+ s {2}/);
    expect(shown).toMatch(/\d of \d layers( \d+ % of [\d.]+ \w+)?/);
    terminal.key("ctrl-\\");
    expect(await terminal.exit).toMatchObject({ status: 0 });
    expect(await done(["guest", "--", "cat", "/etc/greeting"])).toBe(`${greeting}\n`);
    expect((await inspected("pet-guest-1")).Config.Image).toBe(there(`@${digest}`));
    const table = await done(["guest", "--status"]);
    expect(table).toContain(`tools@${digest.slice(0, 19)}…`);
    await done(["guest", "--destroy", "--yes"]);
  });
});

describe("an image that cannot be used", () => {
  const refused = async (image: string, ...texts: readonly string[]) => {
    await done(["guest", `PET_IMAGE=${image}`]);
    const outcome = await run(["guest", "--start"]);
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    for (const text of texts) expect(outcome.stderr).toContain(text);
    expect(await things("pet-guest-")).toEqual(nothing);
    return outcome.stderr;
  };

  test("because no registry has it", async () => {
    await refused(
      `${everybodys.address}/pets/none:1`,
      "[IMAGE_UNKNOWN]",
      `${everybodys.address}/pets/none:1`,
    );
    await refused(`${everybodys.address}/pets/none@sha256:${"0".repeat(64)}`, "[IMAGE_UNKNOWN]");
  });

  test("because nobody answers", async () => {
    await refused("127.0.0.1:9/pets/none", "[REGISTRY_UNREACHABLE]", "127.0.0.1:9/pets/none:latest");
  });

  test("because it is no reference", async () => {
    const outcome = await run(["guest", "PET_IMAGE=https://registry.example.org/x"]);
    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringContaining("without “https://”") });
  });

  test("because it is made for another machine, on the engine or in the registry", async () => {
    await smallElsewhere("pet-test/small:elsewhere");
    await refused("pet-test/small:elsewhere", "[WRONG_ARCHITECTURE]", "linux/");
    await offerElsewhere(everybodys.address, "pets/elsewhere", "1");
    await refused(`${everybodys.address}/pets/elsewhere:1`, "[WRONG_ARCHITECTURE]", "linux/");
  });

  test("because it lacks the contract, there already or once it is pulled", async () => {
    const bare = `${everybodys.address}/pets/bare:1`;
    await small(bare, {});
    await refused(bare, "[NO_CONTRACT]", "it lacks the label pet.contract=1", `echo 'FROM ${bare}\n`);
    await docker(["push", bare]);
    await forget(`${everybodys.address}/pets/bare`);
    const said = await refused(bare, "[NO_CONTRACT]", "LABEL pet.kind=image pet.contract=1");
    expect(said).toContain("pulling");
    await small("pet-test/small:old", { ...usable, "pet.contract": "0" });
    await refused("pet-test/small:old", "its label says pet.contract=0, and this pet wants pet.contract=1");
  });
});

describe("a registry for members", () => {
  const config = join(me.home, "docker");
  const file = join(config, "config.json");
  const line = { DOCKER_CONFIG: config };
  const named = () => `${members.address}/club/small:1`;
  const logIn = async (password: string) =>
    await runToEnd("docker", ["login", "--username", member.name, "--password-stdin", members.address], {
      env: { ...me.env, ...line },
      input: password,
    });
  const secrets = [member.password, Buffer.from(`${member.name}:${member.password}`).toString("base64")];
  const quiet = (text: string) => {
    expect(text).not.toMatch(/x-registry-auth/i);
    for (const secret of secrets) expect(text).not.toContain(secret);
  };

  beforeAll(async () => {
    mkdirSync(config);
    await small("pet-test/small:club", usable);
    await done(["guest", "PET_IMAGE=pet-test/small:club"]);
  });

  test("takes nothing from a stranger, and the name is none on the engine", async () => {
    const outcome = await run(["guest", "push", named()], line);
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    expect(outcome.stderr).toContain("[PUSH_DENIED]");
    expect(outcome.stderr).toContain(`docker login ${members.address}`);
    expect(await docker(["images", "--quiet", `${members.address}/club/small`])).toBe("");
  });

  test("takes from one who logged in by docker, and tells nobody how", async () => {
    const login = await logIn(member.password);
    expect(login, login.stderr).toMatchObject({ status: 0 });
    expect(JSON.parse(readFileSync(file, "utf8")).auths).toHaveProperty([members.address]);
    const engine = await proxy();
    // What dockerode would tell of each request.
    const env = { ...line, DOCKER_HOST: engine.host, DEBUG: "*" };
    await done(["guest", "PET_IMAGE=pet-test/small:club"], env);
    engine.watch({});
    const outcome = await run(["guest", "push", named(), "--debug"], env);
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    expect(engine.requests()).toContainEqual(expect.stringMatching(/^POST \/images\/.*\/push/));
    const { Config } = await inspected(named());
    quiet([outcome.stdout, outcome.stderr, ...engine.requests(), JSON.stringify(Config)].join("\n"));
  });

  test("gives to one who logged in, and to nobody else", async () => {
    await done(["guest", `PET_IMAGE=${named()}`]);
    await forget(`${members.address}/club/small`, "pet-test/small");
    const stranger = await run(["guest", "--build"]);
    expect(stranger).toMatchObject({ status: 1, stdout: "" });
    expect(stranger.stderr).toContain("[PULL_DENIED]");
    expect(stranger.stderr).toContain(`docker login ${members.address}`);
    const outcome = await run(["guest", "--build", "--debug"], line);
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    expect(outcome.stderr).toContain(`pulled ${named()}`);
    quiet(outcome.stderr);
  });

  test("refuses a wrong password, which is not told either", async () => {
    const wrong = Buffer.from(`${member.name}:wr0ng-word`).toString("base64");
    writeFileSync(file, JSON.stringify({ auths: { [members.address]: { auth: wrong } } }));
    const outcome = await run(["guest", "--build", "--pull", "--debug"], line);
    expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining("[PULL_DENIED]") });
    expect(outcome.stderr).not.toContain("wr0ng-word");
    expect(outcome.stderr).not.toContain(wrong);
  });

  test("is reached by what a credential helper keeps, in the home's own .docker too", async () => {
    const programs = join(me.home, "programs");
    const given = join(me.home, "given");
    mkdirSync(programs);
    mkdirSync(join(me.home, ".docker"));
    const answer = JSON.stringify({ ServerURL: "", Username: member.name, Secret: member.password });
    const helper = join(programs, "docker-credential-club");
    writeFileSync(helper, `#!/bin/sh\n{ echo "$@"; cat; } > '${given}'\necho '${answer}'\n`);
    chmodSync(helper, 0o755);
    writeFileSync(
      join(me.home, ".docker", "config.json"),
      JSON.stringify({ credHelpers: { [members.address]: "club" } }),
    );
    const none = await run(["guest", "--build", "--pull"]);
    expect(none).toMatchObject({ status: 1, stderr: expect.stringContaining("[CREDENTIALS_FAILED]") });
    expect(none.stderr).toContain("there is no program docker-credential-club");
    expect(existsSync(given)).toBe(false);
    const outcome = await run(["guest", "--build", "--pull", "--debug"], {
      PATH: `${programs}:${me.env.PATH}`,
    });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    expect(readFileSync(given, "utf8")).toBe(`get\n${members.address}`);
    quiet(outcome.stdout + outcome.stderr);
    rmSync(join(me.home, ".docker"), { recursive: true });
  });
});

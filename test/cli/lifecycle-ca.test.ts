/** A further certificate authority (PET_CA_FILE), a real one: trusted in the build and inside; and where its file is not at hand. */

import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome, Person } from "../support/cli.ts";
import { inspected } from "./docker.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
/** On another laptop: no such file is there. */
const other = resident();
/** One makes certificates and trusts nobody further; one is to trust them. */
const [issuer, trusting] = ["issuer", "trusting-ours"];
destroyAfterwards(me, issuer, trusting);

async function run(who: Person, words: readonly string[], input?: string): Promise<Outcome> {
  return await who.pet(words, { timeoutMs: 300_000, ...(input === undefined ? {} : { input }) });
}

async function done(who: Person, words: readonly string[], input?: string): Promise<string> {
  const outcome = await run(who, words, input);
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome.stdout;
}

const issue = `
set -e
cd
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=Our own authority' \\
  -keyout ca.key -out ca.pem 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=ours.example.org -keyout leaf.key -out leaf.csr 2>/dev/null
echo subjectAltName=DNS:ours.example.org > names
openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -days 2 -extfile names -out leaf.pem 2>/dev/null
`;

const authority = join(me.home, "our-ca.pem");

beforeAll(async () => {
  await done(me, [issuer, "--", "sh", "-c", issue]);
  writeFileSync(authority, await done(me, [issuer, "--", "cat", "ca.pem"]));
  const leaf = await done(me, [issuer, "--", "cat", "leaf.pem"]);
  const key = await done(me, [issuer, "--", "cat", "leaf.key"]);

  // What every Debian has beneath, and a step that asks in the build what is trusted there.
  const dockerfile = `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
COPY ca.crt base/image/system.sh /tmp/pet/
RUN sh /tmp/pet/system.sh curl
COPY leaf.pem /tmp/leaf.pem
RUN openssl verify /tmp/leaf.pem
COPY base /tmp/pet/base
RUN sh /tmp/pet/base/image/finish.sh
USER 1000:1000
WORKDIR /home
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/lib/pet/entry"]
`;
  for (const { config } of [me, other]) {
    const recipe = join(config, "terminals", "asking");
    mkdirSync(recipe, { recursive: true });
    writeFileSync(join(recipe, "Dockerfile"), dockerfile);
    writeFileSync(join(recipe, "leaf.pem"), leaf);
  }
  await done(me, [trusting, "PET_TERMINAL=asking", `PET_CA_FILE=${authority}`]);
  await done(me, [trusting, "--build"]);
  await done(me, [trusting, "--", "sh", "-c", "cat > leaf.pem"], leaf);
  await done(me, [trusting, "--", "sh", "-c", "umask 077; cat > leaf.key"], key);
}, 600_000);

describe("is trusted inside", () => {
  test("by those who ask OpenSSL", async () => {
    expect(await done(me, [trusting, "--", "openssl", "verify", "leaf.pem"])).toBe("leaf.pem: OK\n");
    // Not so in a pet without it: the question is a real one.
    expect((await run(me, [issuer, "--", "openssl", "verify", "leaf.pem"])).status).not.toBe(0);
  });

  const visit = `
    openssl s_server -accept 8443 -cert leaf.pem -key leaf.key -www >/dev/null 2>&1 &
    curl -sS --retry 50 --retry-connrefused --retry-delay 1 -o /dev/null -w '%{http_code}\\n' \\
      --resolve ours.example.org:8443:127.0.0.1 https://ours.example.org:8443/
    status=$?
    kill $!
    exit $status`;

  test("by curl, of a server that shows a certificate of theirs", async () => {
    expect(await done(me, [trusting, "--", "sh", "-c", visit])).toBe("200\n");
    const stranger = await run(me, [issuer, "--", "sh", "-c", visit]);
    expect(stranger.status).toBe(60);
    expect(stranger.stderr).toContain("certificate");
  });
});

describe("on a laptop that has no such file", () => {
  // Both are this machine: for as long as the other counts, the file is not there.
  beforeAll(() => renameSync(authority, `${authority}.away`));
  afterAll(() => renameSync(`${authority}.away`, authority));

  test("what runs is gone into like any other", async () => {
    expect(await done(other, [trusting, "--", "echo", "in"])).toBe("in\n");
  });

  test("a further TTY is made from the image of those there are, and trusts as they do", async () => {
    for (const words of [
      ["2", "--start", "--dry-run"],
      ["2", "--start"],
    ]) {
      const outcome = await run(other, [trusting, ...words]);
      expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
      expect(outcome.stderr).toMatch(/The CA file .*our-ca\.pem cannot be read\..* is used as it is\./);
    }
    expect(await done(other, [trusting, "2", "--", "openssl", "verify", "leaf.pem"])).toBe("leaf.pem: OK\n");
    const [one, two] = [await inspected(`pet-${trusting}-1`), await inspected(`pet-${trusting}-2`)];
    expect(two.Image).toBe(one.Image);
    expect(two.Config.Labels["pet.spec"]).toBe(one.Config.Labels["pet.spec"]);
  });

  test("a build, and a home without TTYs, say what is missing, and how to go on", async () => {
    const built = await run(other, [trusting, "--build"]);
    expect(built).toMatchObject({ status: 1, stderr: expect.stringContaining("CA_FILE_MISSING") });
    await done(me, [trusting, "--destroy", "--keep-home", "--yes"]);
    const started = await run(other, [trusting, "--start"]);
    expect(started).toMatchObject({ status: 1, stderr: expect.stringContaining("CA_FILE_MISSING") });
    expect(started.stderr).toContain(authority);
  });
});

test("where a person's own recipe is on another laptop alone, it is the same", async () => {
  const third = resident();
  await done(me, [trusting, "--start"]);
  const outcome = await run(third, [trusting, "3", "--start"]);
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  expect(outcome.stderr).toContain("There is no terminal “asking”");
  expect((await inspected(`pet-${trusting}-3`)).Image).toBe((await inspected(`pet-${trusting}-1`)).Image);
  expect(await run(third, [trusting, "--build"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("UNKNOWN_TERMINAL"),
  });
});

/** Directories of this machine inside; and that a path of this machine means nothing to an engine elsewhere. */

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { person } from "../support/cli.ts";
import { nothing, things } from "./docker.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "mounted";
destroyAfterwards(me, name);
recipe(me, "tiny", "");

/** With every character that a list of mounts has a use for. */
const shared = join(me.home, "a shared: one, \\ two");

beforeAll(async () => {
  chmodSync(me.home, 0o755);
  mkdirSync(shared);
  chmodSync(shared, 0o777);
  writeFileSync(join(shared, "file"), "from here\n");
  const escaped = shared.replace(/[ ,:\\]/g, "\\$&");
  for (const words of [[tiny, `PET_MOUNTS=${escaped}:/shared ${escaped}:/shared/read:ro`], ["--start"]]) {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

test("are what they are here, both ways", async () => {
  const { stdout } = await me.pet([name, "--", "sh", "-c", "cat /shared/file; echo back > /shared/answer"]);
  expect(stdout).toBe("from here\n");
  expect(readFileSync(join(shared, "answer"), "utf8")).toBe("back\n");
});

test("read-only ones are only read", async () => {
  const outcome = await me.pet([name, "--", "sh", "-c", "cat /shared/read/file; echo x > /shared/read/x"]);
  expect(outcome.stdout).toBe("from here\n");
  expect(outcome.status).not.toBe(0);
  expect(outcome.stderr).toContain("Read-only file system");
});

test("a path that is not here is said, and nothing is made", async () => {
  const other = "unmounted";
  await me.pet([other, tiny, "PET_MOUNTS=/no/such/directory:/data"]);
  const outcome = await me.pet([other, "--start"], { timeoutMs: 120_000 });
  expect(outcome.status).not.toBe(0);
  expect(outcome.stderr).toContain("/no/such/directory");
  expect(outcome.stderr).not.toContain("bug");
  expect((await things(`pet-${other}-`)).containers).toEqual([]);
  await me.pet([other, "--destroy", "--yes"]);
});

test("an engine elsewhere is not asked for paths of this machine; without them it is like any other", async () => {
  const line = await proxy({ listen: "tcp" });
  const away = person({ DOCKER_HOST: line.host });
  const far = "faraway";
  recipe(away, "tiny", "");
  expect((await away.pet([far, tiny, `PET_MOUNTS=${me.home}:/data`])).status).toBe(0);
  for (const words of [["--start"], ["--", "true"]]) {
    const outcome = await away.pet([far, ...words]);
    expect(outcome).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("MOUNT_ON_REMOTE"),
    });
  }
  expect(await things(`pet-${far}-`)).toEqual(nothing);
  const terminal = away.open([far]);
  expect(await terminal.exit).toMatchObject({ status: 2 });

  expect((await away.pet([far, "PET_MOUNTS="])).status).toBe(0);
  expect(await away.pet([far, "--", "echo", "in"])).toMatchObject({ status: 0, stdout: "in\n" });
  const console = away.open([far]);
  await console.waitFor(`@pet-${far}-1`);
  console.key("ctrl-\\");
  expect(await console.exit).toMatchObject({ status: 0 });
  expect((await away.pet([far, "--destroy", "--yes"])).status).toBe(0);
});

/** A home that changes hands: PET_UID is another now. Every file is kept, to the letter, and is the new uid's. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { nothing, things } from "./docker.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const line = await proxy();
const me = resident({ DOCKER_HOST: line.host });
const [name, broken, scripted, beneath] = ["hands", "halfway", "scripted", "beneath"];
destroyAfterwards(me, name, broken, scripted, beneath);
recipe(me, "tiny", "");

async function done(words: readonly string[]): Promise<string> {
  const outcome = await me.pet(words, { timeoutMs: 120_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome.stdout;
}

/** All that a home may hold, by names that nobody would choose. */
const lay = `
set -e
cd
mkdir -p deep/er/$(printf 'n%.0s' $(seq 120)) 'a b' empty
echo secret > .mine; chmod 0600 .mine
echo run > deep/run; chmod 0750 deep/run
echo linked > deep/one; ln deep/one deep/er/two
ln -s .mine soft; ln -s /nowhere/at/all dangling; ln -s deep folder
head -c 3000000 /dev/zero | tr '\\0' 'x' > deep/er/$(printf 'n%.0s' $(seq 120))/large
: > none
touch -d "2001-02-03 04:05:06 UTC" deep/old
mkfifo pipe
printf 'x' > "$(printf 'new\\nline')"; printf 'y' > 'quo"te'; printf 'z' > -- '-n' 2>/dev/null || printf 'z' > ./-n
printf 'u' > 'übel 漢字'
chmod 0711 'a b'; chmod 0500 empty
`;

/** Each path with all of it that is to stay as it is. */
const seen = `cd && find . -mindepth 1 -printf '%p\\t%y\\t%m\\t%s\\t%l\\t%n\\t%T@\\n' |
  sed -E 's/^([^\\t]*\\td\\t[^\\t]*\\t).*/\\1/; s/\\.[0-9]+$//' | sort
  find . -type f -print0 | sort -z | xargs -0 sha256sum`;
const owners = "find /home -mindepth 1 ! -uid $(id -u) -print; id -u; stat -c %u:%g ~ ~/deep ~/.mine ~/soft";

test("every file is the new uid's, with its bytes, modes, links and times; and goes back again", async () => {
  await done([name, tiny]);
  await done([name, "--", "bash", "-c", lay]);
  const before = await done([name, "--", "bash", "-c", seen]);
  expect(before).toContain("./deep/old");

  await done([name, "PET_UID=4321", "PET_GID=4322"]);
  await done([name, "--destroy", "--keep-home", "--yes"]);
  const outcome = await me.pet([name, "--start"]);
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  expect(outcome.stderr).toContain("another uid");
  expect(await done([name, "--", "bash", "-c", owners])).toBe(`4321\n${"4321:4322\n".repeat(4)}`);
  expect(await done([name, "--", "bash", "-c", seen])).toBe(before);
  expect(await done([name, "--", "bash", "-c", "echo 2 >> ~/deep/one; tail -n 1 ~/deep/er/two"])).toBe("2\n");

  await done([name, "PET_UID=1000", "PET_GID=1000"]);
  await done([name, "--destroy", "--keep-home", "--yes"]);
  expect(await done([name, "--", "bash", "-c", owners])).toBe(`1000\n${"1000:1000\n".repeat(4)}`);
  // The second time nothing has to be mended.
  expect((await me.pet([name, "--restart"])).stderr).not.toContain("another uid");
}, 180_000);

test("interrupted anywhere, every file is still there, and the next run completes", async () => {
  await done([broken, tiny]);
  await done([broken, "--", "bash", "-c", lay]);
  const before = await done([broken, "--", "bash", "-c", seen]);
  await done([broken, "PET_UID=4321", "PET_GID=4321"]);
  await done([broken, "--destroy", "--keep-home", "--yes"]);
  const limits = [0, 20_000, 500_000, 2_000_000, Number.POSITIVE_INFINITY];
  for (const limit of limits) {
    const child = spawn(petCommand, [broken, "--start"], {
      env: me.env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let [laid, told] = [0, ""];
    child.stderr.on("data", (bytes) => {
      told += bytes;
    });
    line.watch({
      onHanded(request, _, bytes) {
        if (!request.startsWith("PUT ") || !request.includes("/archive")) return;
        laid += bytes;
        if (laid <= limit) return;
        child.kill("SIGKILL");
      },
    });
    const [status, signal] = await once(child, "close");
    expect({ status, signal }, told).toEqual(
      limit === Number.POSITIVE_INFINITY ? { status: 0, signal: null } : { status: null, signal: "SIGKILL" },
    );
  }
  line.watch({});
  expect(await done([broken, "--", "bash", "-c", owners])).toBe(`4321\n${"4321:4321\n".repeat(4)}`);
  expect(await done([broken, "--", "bash", "-c", seen])).toBe(before);
  // Nothing of the mending is left beside it, and what was left of the engine's goes with the pet.
  expect(await done([broken, "--", "ls", "-A", "/home"])).toBe(".pet\ndeveloper\n");
  await done([broken, "--destroy", "--yes"]);
  expect(await things(broken)).toEqual(nothing);
}, 180_000);

test("a home that others use as somebody else is not taken from them", async () => {
  await done([name, "--", "sh", "-c", "echo mine > ~/used"]);
  await done([name, "PET_UID=777"]);
  const outcome = await me.pet([name, "2", "--start"]);
  expect(outcome.status, outcome.stderr).toBe(1);
  expect(outcome.stderr).toContain("HOME_SHARED");
  expect(outcome.stderr).toContain(`pet-${name}-1`);
  expect(await done([name, "--", "sh", "-c", "cat ~/used; id -u"])).toBe("mine\n1000\n");
  expect((await things(`pet-${name}-`)).containers).toContain(`pet-${name}-2 exited`);
});

test("ids larger than an archive's header holds are written out", async () => {
  await done([name, "PET_UID=2147483647", "PET_GID=2147483646"]);
  await done([name, "--destroy", "--keep-home", "--yes"]);
  expect(await done([name, "--", "bash", "-c", owners])).toBe(
    `2147483647\n${"2147483647:2147483646\n".repeat(4)}`,
  );
});

test("a script that comes while the home changes hands is run whole, once", async () => {
  await done([scripted, tiny]);
  await done([scripted, "--", "true"]);
  await done([scripted, "PET_UID=4321", "PET_GID=4321"]);
  await done([scripted, "--destroy", "--keep-home", "--yes"]);
  const lines = Array.from({ length: 20_000 }, (_, i) => `echo ${i}`);
  const outcome = await me.pet([scripted], { input: `${lines.join("\n")}\nexit 6\n`, timeoutMs: 60_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 6 });
  expect(outcome.stdout).toBe(lines.map((line) => `${line.slice(5)}\n`).join(""));
}, 120_000);

test("what is mounted below a home is not taken along when that changes hands", async () => {
  const host = temporaryDirectory();
  chmodSync(host, 0o755);
  writeFileSync(join(host, "theirs"), "theirs\n");
  await done([beneath, tiny]);
  await done([beneath, "--", "sh", "-c", "mkdir -p ~/src; echo mine > ~/mine"]);
  await done([beneath, "PET_UID=4321", "PET_GID=4321", `PET_MOUNTS=${host}:/home/developer/src`]);
  await done([beneath, "--destroy", "--keep-home", "--yes"]);
  expect(await done([beneath, "--", "sh", "-c", "cat ~/mine ~/src/theirs; ls -A /home"])).toBe(
    "mine\ntheirs\n.pet\ndeveloper\n",
  );
  expect(readFileSync(join(host, "theirs"), "utf8")).toBe("theirs\n");
  await done([beneath, "PET_MOUNTS="]);
  await done([beneath, "--destroy", "--keep-home", "--yes"]);
  expect(await done([beneath, "--", "ls", "-A", "/home/developer/src"])).toBe("");
});

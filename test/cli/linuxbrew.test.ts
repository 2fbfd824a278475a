/**
 * A package manager of the person's own under the home: the lines of docs/usage.md, with a git repository laid out as
 * Homebrew's in its place. It is installed without any privilege, and serves on in a new container.
 */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostEnvironment } from "../support/environment.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { inspected } from "./docker.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "brewing";
destroyAfterwards(me, name);

/** What Homebrew's own does, as far as these lines go: it finds its prefix by where it was called from. */
const brew = `#!/bin/bash
set -eu
prefix=$(cd "$(dirname "$0")/.." && pwd)
case $1 in
  shellenv)
    echo "export HOMEBREW_PREFIX='$prefix'"
    echo "export PATH='$prefix/bin':\\$PATH"
    ;;
  --prefix) echo "$prefix" ;;
  install)
    cellar=$prefix/Cellar/$2/1.0
    mkdir -p "$cellar/bin" "$prefix/bin" "$prefix/var"
    cp "$prefix/Homebrew/formulae/$2" "$cellar/bin/$2"
    ln -sf "../Cellar/$2/1.0/bin/$2" "$prefix/bin/$2"
    ;;
  list) ls "$prefix/Cellar" ;;
esac
`;

/** A repository as one file, which `git clone` takes. */
function bundle(): Buffer {
  const directory = temporaryDirectory();
  for (const folder of ["bin", "formulae"]) mkdirSync(join(directory, folder));
  writeFileSync(join(directory, "bin/brew"), brew);
  writeFileSync(join(directory, "formulae/hello"), "#!/bin/sh\necho Hello, world!\n");
  for (const program of ["bin/brew", "formulae/hello"]) chmodSync(join(directory, program), 0o755);
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...args], {
      cwd: directory,
      env: { ...hostEnvironment(), HOME: directory },
      stdio: "pipe",
    });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "all");
  git("bundle", "create", "brew.bundle", "HEAD");
  return readFileSync(join(directory, "brew.bundle"));
}

async function inside(argv: readonly string[], input?: Buffer): Promise<string> {
  const outcome = await me.pet([name, "--", ...argv], input === undefined ? {} : { input });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome.stdout;
}

test("Homebrew's place can be filled by the documented lines, and survives a new container", async () => {
  const [, documented = ""] =
    /```sh\n(git clone .*linuxbrew[\s\S]*?)```/.exec(readFileSync("docs/usage.md", "utf8")) ?? [];
  const lines = documented.replace(/https:\/\/\S+/, "/tmp/brew.bundle");
  expect(lines).toMatch(/^git clone \/tmp\/brew\.bundle /);

  await inside(["sh", "-c", "cat > /tmp/brew.bundle"], bundle());
  await inside(["bash", "-e", "-c", lines]);
  await inside(["brew", "install", "hello"]);
  const serves = async () => {
    expect(await inside(["brew", "--prefix"])).toBe("/home/linuxbrew/.linuxbrew\n");
    expect(await inside(["brew", "list"])).toBe("hello\n");
    expect(await inside(["hello"])).toBe("Hello, world!\n");
  };
  await serves();
  const { Id: before } = await inspected(`pet-${name}-1`);
  await me.pet([name, "PET_READ_ONLY=true"]);
  expect((await me.pet([name, "--recreate"])).status).toBe(0);
  await serves();
  expect((await inspected(`pet-${name}-1`)).Id).not.toBe(before);
});

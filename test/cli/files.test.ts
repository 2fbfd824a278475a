/** `put` and `get` as a person has them: trees go in and come out as they were, and land where cp would have them. */

import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runToEnd } from "../support/cli.ts";
import { afterwards, temporaryDirectory } from "../support/temporary.ts";
import { manifest, treeOfEverything } from "./files-ground.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "carrier";
destroyAfterwards(me, name);
recipe(me, "tiny", "");

beforeAll(async () => {
  for (const words of [[tiny], ["--start"]]) {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

async function inside(script: string): Promise<string> {
  const { status, stdout, stderr } = await me.pet([name, "--", "sh", "-c", script]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

/** What is in a directory of this machine: names with a slash after directories, files with their text. */
function listed(directory: string, prefix = ""): readonly string[] {
  return readdirSync(directory)
    .sort()
    .flatMap((entry) => {
      const path = join(directory, entry);
      const stats = lstatSync(path);
      if (stats.isDirectory()) return [`${prefix}${entry}/`, ...listed(path, `${prefix}${entry}/`)];
      return [stats.isFile() ? `${prefix}${entry}=${readFileSync(path, "utf8")}` : `${prefix}${entry}@`];
    });
}

/** The same, inside. */
const listing =
  'find . -mindepth 1 | LC_ALL=C sort | cut -c3- | while read -r p; do if [ -L "$p" ]; then echo "$p@"; elif [ -d "$p" ]; then echo "$p/"; else echo "$p=$(cat -- "$p")"; fi; done';

test("a tree of everything goes in and comes out as it was, its owner whoever has it, its holes holes", async () => {
  const work = temporaryDirectory();
  for (const tree of ["tree", "back"]) afterwards(() => chmodSync(join(work, tree, "closed"), 0o755));
  treeOfEverything(join(work, "tree"));
  expect(await me.pet([name, "put", "tree"], { cwd: work })).toMatchObject({ status: 0, stdout: "" });
  expect(await inside("find tree -not -user 1000 -o -not -group 1000")).toBe("");
  expect(
    await inside("stat -c '%a %Y %h' tree/program tree/closed tree/again | head -1; ls -A | grep pet- || :"),
  ).toBe("755 987654321 1\n");
  expect(Number(await inside("stat -c %b tree/holes"))).toBeLessThan(2000);
  expect(await me.pet(["get", name, "tree", "back"], { cwd: work })).toMatchObject({ status: 0, stdout: "" });
  expect(manifest(join(work, "back"))).toEqual(manifest(join(work, "tree")));
  expect(lstatSync(join(work, "back/holes")).blocks).toBeLessThan(2000);
  expect(lstatSync(join(work, "back/large")).uid).toBe(process.getuid?.());
  expect(readdirSync(work).sort()).toEqual(["back", "tree"]);
  await inside("chmod -R u+w tree; rm -rf tree");
});

interface Landing {
  readonly before?: string;
  readonly words: readonly string[];
  /** What is there then, or the code of the failure, which changes nothing. */
  readonly lands: string;
}

describe("put lands where cp would have it", () => {
  const work = temporaryDirectory();
  for (const file of ["a", "b", "README"]) writeFileSync(join(work, file), file);
  mkdirSync(join(work, "d/sub"), { recursive: true });
  writeFileSync(join(work, "d/in"), "in");
  symlinkSync("in", join(work, "d/link"));
  writeFileSync(join(work, "-n"), "dashed");

  test.each<Landing>([
    { words: ["a", "~/case/new"], lands: "new=a" },
    { words: ["README", "case"], lands: "README=README" },
    { words: ["a", "b", "case"], lands: "a=a b=b" },
    { words: ["--", "-n", "case/"], lands: "-n=dashed" },
    { before: "echo old > there", words: ["a", "case/there"], lands: "there=a" },
    { words: ["d", "case"], lands: "d/ d/in=in d/link@ d/sub/" },
    { words: ["d/", "case/e"], lands: "e/ e/in=in e/link@ e/sub/" },
    {
      before: "mkdir -p d/sub; echo old > d/in; echo own > d/own",
      words: ["d", "case"],
      lands: "d/ d/in=in d/link@ d/own=own d/sub/",
    },
    { before: "ln -s /etc/hosts there", words: ["a", "case/there"], lands: "there=a" },
    { before: "mkdir real; ln -s real there", words: ["a", "case/there"], lands: "real/ real/a=a there@" },
    { before: "mkdir real; ln -s real d", words: ["d", "case"], lands: "IN_THE_WAY" },
    { before: "mkdir -p d/in", words: ["d", "case"], lands: "IN_THE_WAY" },
    { before: "mkdir a", words: ["b", "a", "case"], lands: "IN_THE_WAY" },
    { before: "echo old > there", words: ["d", "case/there"], lands: "IN_THE_WAY" },
    { words: ["a", "case/no/such"], lands: "NO_DIRECTORY" },
    { words: ["a", "case/no/"], lands: "NO_DIRECTORY" },
    { words: ["a", "b", "case/no"], lands: "NO_DIRECTORY" },
    { words: ["a", "nothing", "case"], lands: "FILE_UNREADABLE" },
    { words: ["a", "d/../a", "case"], lands: "SAME_NAME" },
  ])("$words after $before", async ({ before = ":", words, lands }) => {
    const was = await inside(`rm -rf ~/case && mkdir ~/case && cd ~/case && { ${before}; } && ${listing}`);
    const { status, stderr } = await me.pet([name, "put", ...words], { cwd: work });
    const now = await inside(`cd ~/case && ${listing}`);
    if (/^[A-Z_]+$/.test(lands)) {
      expect(stderr).toContain(`[${lands}]`);
      expect(stderr).not.toContain("//");
      expect({ failed: status !== 0, now }).toEqual({ failed: true, now: was });
    } else {
      expect(status, stderr).toBe(0);
      expect(now.trim().split("\n").join(" ")).toBe(lands);
    }
  });
});

describe("get lands where cp would have it", () => {
  beforeAll(async () => {
    await inside(
      "rm -rf ~/src && mkdir -p ~/src/d/sub && cd ~/src && echo -n a > a && echo -n b > b && echo -n in > d/in",
    );
  });

  test.each<Landing>([
    { words: ["src/a"], lands: "a=a" },
    { words: ["~/src/a", "new"], lands: "new=a" },
    { words: ["src/a", "/home/developer/src/b", "."], lands: "a=a b=b" },
    { before: "echo -n old > a", words: ["src/a"], lands: "a=a" },
    { words: ["src/d/"], lands: "d/ d/in=in d/sub/" },
    {
      before: "mkdir -p d/sub; echo -n old > d/in; echo -n own > d/own",
      words: ["src/d"],
      lands: "d/ d/in=in d/own=own d/sub/",
    },
    { before: "echo -n old > old; ln -s old a", words: ["src/a"], lands: "a=a old=old" },
    { before: "mkdir real; ln -s real there", words: ["src/a", "there"], lands: "real/ real/a=a there@" },
    { before: "mkdir -p d/in", words: ["src/d"], lands: "IN_THE_WAY" },
    { before: "mkdir real; ln -s real d", words: ["src/d"], lands: "IN_THE_WAY" },
    { words: ["src/a", "no/such"], lands: "NO_DIRECTORY" },
    { words: ["src/a", "src/b", "no"], lands: "NO_DIRECTORY" },
    { words: ["src/a", "src/nothing", "."], lands: "NOT_INSIDE" },
    { words: ["src/a", "src/d/../a", "."], lands: "SAME_NAME" },
  ])("$words after $before", async ({ before = ":", words, lands }) => {
    const cwd = temporaryDirectory();
    await runToEnd("sh", ["-c", before], { cwd });
    const was = listed(cwd);
    const { status, stderr } = await me.pet([name, "get", ...words], { cwd });
    if (/^[A-Z_]+$/.test(lands)) {
      expect(stderr).toContain(`[${lands}]`);
      expect({ failed: status !== 0, now: listed(cwd) }).toEqual({ failed: true, now: was });
    } else {
      expect(status, stderr).toBe(0);
      expect(listed(cwd).join(" ")).toBe(lands);
    }
  });

  test("the home itself comes under the pet's name", async () => {
    const cwd = temporaryDirectory();
    expect(await me.pet([name, "get", "~"], { cwd })).toMatchObject({ status: 0 });
    expect(listed(join(cwd, name))).toContain("src/a=a");
  });
});

describe("standard input and output", () => {
  const input = Buffer.alloc(3_000_000, "0123456789\0\xff\r\n");

  test("- is a file's bytes both ways, and its mode stays where it is there already", async () => {
    const work = temporaryDirectory();
    await inside("rm -f piped; touch piped; chmod 711 piped");
    expect(await me.pet([name, "put", "-", "piped"], { input })).toMatchObject({ status: 0, stdout: "" });
    expect(await inside("stat -c '%a %s' piped")).toBe("711 3000000\n");
    const bytes = join(work, "bytes");
    const script = 'exec "$0" "$@" > "$OUT"';
    const outcome = await runToEnd("sh", ["-c", script, "../../bin/pet", name, "get", "piped", "-"], {
      env: { ...me.env, OUT: bytes },
      cwd: new URL(".", import.meta.url).pathname,
    });
    expect(outcome).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(bytes).equals(input)).toBe(true);
  });

  test("standard input wants a name; a directory comes out as a tar archive, a link as what it points to", async () => {
    const { stderr } = await me.pet([name, "put", "-", "/tmp"], { input: "x" });
    expect(stderr).toContain("[NAME_MISSING]");
    await inside("rm -rf t && mkdir -p t/sub && echo -n one > t/sub/one && ln -s sub/one t/link");
    expect((await me.pet([name, "get", "t/link", "-"])).stdout).toBe("one");
    const work = temporaryDirectory();
    const script = 'set -o pipefail; "$0" "$@" | tar -x';
    const outcome = await runToEnd(
      "bash",
      ["-c", script, new URL("../../bin/pet", import.meta.url).pathname, name, "get", "t", "-"],
      { env: me.env, cwd: work },
    );
    expect(outcome).toMatchObject({ status: 0, stderr: "" });
    expect(listed(work)).toEqual(["t/", "t/link@", "t/sub/", "t/sub/one=one"]);
  });

  test("a reader that has had enough ends it", async () => {
    await inside("head -c 20000000 /dev/zero > zeros");
    const script = 'set -o pipefail; "$0" "$@" | head -c 5 | wc -c';
    const outcome = await runToEnd(
      "bash",
      ["-c", script, new URL("../../bin/pet", import.meta.url).pathname, name, "get", "zeros", "-"],
      { env: me.env },
    );
    expect(outcome).toMatchObject({ status: 141, stdout: "5\n", stderr: "" });
    await inside("rm zeros");
  });
});

test("what cannot be copied is named, the rest is there, and the status tells", async () => {
  const work = temporaryDirectory();
  mkdirSync(join(work, "odd"));
  writeFileSync(join(work, "odd/file"), "file");
  const socket = createServer().listen(join(work, "odd/socket"));
  afterwards(() => void socket.close());
  await runToEnd("sh", ["-c", "mkfifo odd/pipe"], { cwd: work });
  const put = await me.pet([name, "put", "odd"], { cwd: work });
  expect(put.status).toBe(1);
  expect(put.stderr).toContain("odd/pipe: a pipe");
  expect(put.stderr).toContain("odd/socket: a socket");
  expect(put.stderr).toContain("[LEFT_OUT]");
  expect(await inside("ls odd; mkfifo odd/pipe; echo secret > odd/secret; chmod 0 odd/secret")).toBe(
    "file\n",
  );
  const get = await me.pet([name, "get", "odd", "/dev/null", "/etc/hostname", "here", "--json"], {
    cwd: work,
  });
  expect(get.stderr).toContain("[NO_DIRECTORY]");
  mkdirSync(join(work, "here"));
  const report = await me.pet([name, "get", "odd", "/dev/null", "here", "--json"], { cwd: work });
  expect(report.status).toBe(1);
  expect(JSON.parse(report.stdout)).toMatchObject({
    tty: `pet-${name}-1`,
    leftOut: expect.arrayContaining([
      { path: "/home/developer/odd/pipe", reason: "a pipe" },
      { path: "/home/developer/odd/secret", reason: "Permission denied" },
      { path: "/dev/null", reason: "a device" },
    ]),
  });
  expect(listed(join(work, "here"))).toEqual(["odd/", "odd/file=file"]);
});

test("to get something of a pet that is not there makes none", async () => {
  for (const more of [[], ["--dry-run"]]) {
    const outcome = await me.pet([`${name}-no`, "get", "/etc/hostname", "-", ...more]);
    expect(outcome).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("[NO_PET]") });
  }
  expect((await me.pet([`${name}-no`, "--status"])).stderr).toContain("[NO_PET]");
});

test("on a terminal it shows how far it has come; elsewhere it says one line", async () => {
  const work = temporaryDirectory();
  writeFileSync(join(work, "large"), Buffer.alloc(30_000_000, "large"));
  const plain = await me.pet([name, "put", "large"], { cwd: work });
  expect(plain).toMatchObject({ status: 0, stdout: "", stderr: `put 30 MB into pet-${name}-1 at ~\n` });
  const terminal = me.open([name, "put", "large"], { cwd: work });
  expect(await terminal.exit).toMatchObject({ status: 0 });
  expect(terminal.output().toString()).toMatch(/putting large 0 s {2}/);
  expect(terminal.screen().join("\n").trim()).toBe(`put 30 MB into pet-${name}-1 at ~`);
  const shown = me.open([name, "get", "/etc/debian_version", "-"]);
  expect(await shown.exit).toMatchObject({ status: 0 });
  expect(shown.output().toString()).toBe((await inside("cat /etc/debian_version")).replace("\n", "\r\n"));
  const tar = me.open([name, "get", "/etc/apt", "-"]);
  expect(await tar.exit).toMatchObject({ status: 2 });
  expect(tar.screen().join(" ")).toContain("TAR_ON_TERMINAL");
});

test("it goes through whichever TTY runs; where none does one is made ready, and a dry run only says so", async () => {
  const work = temporaryDirectory();
  writeFileSync(join(work, "note"), "note");
  const put = async (...more: readonly string[]) =>
    await me.pet([name, "put", "note", ...more], { cwd: work });
  expect((await me.pet([name, "2", "--start"])).status).toBe(0);
  expect((await me.pet([name, "--stop"])).status).toBe(0);
  expect(await put()).toMatchObject({ status: 0, stderr: `put 4 bytes into pet-${name}-2 at ~\n` });
  expect((await me.pet([name, "--stop", "--all"])).status).toBe(0);
  const plan = await put("--dry-run");
  expect(plan).toMatchObject({
    status: 0,
    stdout: `start pet-${name}-1\nput into pet-${name}-1, at ~: note\n`,
  });
  expect(await put()).toMatchObject({ status: 0 });
  const { stdout } = await me.pet([name, "--status", "--json"]);
  const states = JSON.parse(stdout).ttys.map((one: { state: string }) => one.state);
  expect(states.sort()).toEqual(["exited", "running"]);
  expect(await inside("cat note")).toBe("note");
});

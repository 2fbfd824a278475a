/** `foo edit`: the .env file in an editor, and what counts when it ends. */

import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { type Person, person } from "../support/cli.ts";

const name = "editing";

/** Their editor: a program of these lines of sh, the file's path in $1 (after arguments of its own). */
function editor(me: Person, ...lines: readonly string[]): string {
  const path = join(me.home, "my editor");
  writeFileSync(path, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(path, 0o755);
  return path;
}

function files(me: Person): readonly string[] {
  return readdirSync(me.config).sort();
}

/** Lays their .env file, where pet itself says it is. */
async function written(me: Person, text: string): Promise<string> {
  const path = await place(me);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

async function place(me: Person): Promise<string> {
  const { stdout } = await me.pet([name, "edit", "--dry-run"]);
  return stdout.trim().replace(/^edit /, "");
}

test("what was written counts, and the file stays its owner's alone", async () => {
  const me = person();
  const path = await written(me, "# mine\nPET_MEMORY=1g\n");
  const EDITOR = `"${editor(me, 'echo "$1" "$2" >>seen; sed -i s/1g/2g/ "$2"')}" --wait`;
  const before = readFileSync(path);
  expect(before.toString()).toContain("1g");
  const ended = await me.pet([name, "edit"], { env: { EDITOR, VISUAL: undefined }, cwd: me.home });
  expect(ended).toMatchObject({ status: 0, stdout: "" });
  expect(ended.stderr).toContain(`wrote ${path}`);
  expect(readFileSync(path, "utf8")).toBe("# mine\nPET_MEMORY=2g\n");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(me.home, "seen"), "utf8")).toBe(`--wait ${path}.draft\n`);
  expect(files(me)).toEqual([basename(path)]);
});

test("$VISUAL counts before $EDITOR, and the words may stand the other way round", async () => {
  const me = person();
  const VISUAL = `'${editor(me, 'echo PET_CPUS=2 >>"$1"')}'`;
  const ended = await me.pet(["edit", name], { env: { VISUAL, EDITOR: "false" } });
  expect(ended).toMatchObject({ status: 0 });
  expect(readFileSync(await place(me), "utf8")).toMatch(/^# Settings of .*\nPET_CPUS=2\n$/);
});

test("an editor that changes nothing makes no file", async () => {
  const me = person();
  const ended = await me.pet([name, "edit"], { env: { VISUAL: "true" } });
  expect(ended).toMatchObject({ status: 0 });
  expect(ended.stderr).toContain("nothing changed");
  expect(files(me)).toEqual([]);
});

test("a draft that cannot be read is kept, the file is as it was, and the next edit goes on with the draft", async () => {
  const me = person();
  const path = await written(me, "PET_MEMORY=1g\n");
  const broken = await me.pet([name, "edit"], {
    env: { VISUAL: `'${editor(me, 'echo PET_MEMORY=lots >"$1"')}'` },
  });
  expect(broken).toMatchObject({ status: 2 });
  expect(broken.stderr).toContain("BAD_VALUE");
  expect(broken.stderr).toContain(`the draft is kept: ${path}.draft`);
  expect(readFileSync(path, "utf8")).toBe("PET_MEMORY=1g\n");

  const mended = await me.pet([name, "edit"], {
    env: { VISUAL: `'${editor(me, 'sed -i s/lots/3g/ "$1"')}'` },
  });
  expect(mended).toMatchObject({ status: 0 });
  expect(mended.stderr).toContain("going on with the draft");
  expect(readFileSync(path, "utf8")).toBe("PET_MEMORY=3g\n");
  expect(files(me)).toEqual([basename(path)]);
});

test("in a terminal it asks, and the editor comes again", async () => {
  const me = person();
  const path = await written(me, "PET_MEMORY=1g\n");
  const VISUAL = `'${editor(me, 'if grep -q lots "$1"; then sed -i s/lots/4g/ "$1"; else echo PET_MEMORY=lots >"$1"; fi')}'`;
  const terminal = me.open([name, "edit"], { env: { VISUAL }, cols: 120 });
  await terminal.waitFor("Edit it again?", 20_000);
  terminal.type("\r");
  expect(await terminal.exit).toMatchObject({ status: 0 });
  expect(readFileSync(path, "utf8")).toBe("PET_MEMORY=4g\n");
});

test.each([
  ["exit 3", "status 3"],
  ["kill -TERM $$", "SIGTERM"],
])("an editor that does not end well (%s) changes nothing", async (line, reason) => {
  const me = person();
  const path = await written(me, "PET_MEMORY=1g\n");
  const ended = await me.pet([name, "edit"], {
    env: { VISUAL: `'${editor(me, 'echo PET_MEMORY=2g >"$1"', line)}'` },
  });
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.stderr).toContain("EDITOR_FAILED");
  expect(ended.stderr).toContain(reason);
  expect(readFileSync(path, "utf8")).toBe("PET_MEMORY=1g\n");
  expect(readFileSync(`${path}.draft`, "utf8")).toBe("PET_MEMORY=2g\n");
});

test("an editor that is not there, a name for a shell, and a file that another changed meanwhile", async () => {
  const me = person();
  const absent = await me.pet([name, "edit"], {
    env: { VISUAL: "no-such-editor; touch PWNED" },
    cwd: me.home,
  });
  expect(absent.stderr).toContain("EDITOR_FAILED");
  expect(existsSync(join(me.home, "PWNED"))).toBe(false);

  const path = await written(me, "PET_MEMORY=1g\n");
  const raced = await me.pet([name, "edit"], {
    env: { VISUAL: `'${editor(me, `echo PET_MEMORY=9g >'${path}'`, 'echo PET_MEMORY=2g >"$1"')}'` },
  });
  expect(raced.stderr).toContain("FILE_CHANGED");
  expect(readFileSync(path, "utf8")).toBe("PET_MEMORY=9g\n");
  expect(readFileSync(`${path}.draft`, "utf8")).toBe("PET_MEMORY=2g\n");
});

test("a dry run opens nothing, and a file that cannot be read can be mended", async () => {
  const me = person();
  const path = await written(me, 'PET_ENV="never closed\n');
  const planned = await me.pet([name, "edit", "--dry-run"], { env: { VISUAL: "false" } });
  expect(planned).toMatchObject({ status: 0, stdout: `edit ${path}\n` });
  const mended = await me.pet([name, "edit"], {
    env: { VISUAL: `'${editor(me, 'echo PET_CPUS=1 >"$1"')}'` },
  });
  expect(mended).toMatchObject({ status: 0 });
  expect(readFileSync(path, "utf8")).toBe("PET_CPUS=1\n");
});

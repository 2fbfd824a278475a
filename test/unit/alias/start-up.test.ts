import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bash } from "../../../src/alias/bash.ts";
import { aliasName, carryOut, hiddenBy, planStartUp } from "../../../src/alias/start-up.ts";
import { type InstanceName, instanceName } from "../../../src/pet/names.ts";
import { reservedWords } from "../../../src/pet/words.ts";
import { temporaryDirectory } from "../../support/temporary.ts";

const foo = instanceName("foo");
const bar = instanceName("bar");
const baz = instanceName("baz");

function home(bashrc?: string | Buffer): string {
  const directory = temporaryDirectory();
  if (bashrc !== undefined) writeFileSync(join(directory, ".bashrc"), bashrc);
  return directory;
}

function bashrcOf(directory: string): string {
  return readFileSync(join(directory, ".bashrc"), "latin1");
}

function install(directory: string, ...names: InstanceName[]) {
  const plan = planStartUp(bash, directory, { install: names });
  carryOut(plan);
  return plan;
}

const block = (names: string) => `# >>> pet aliases >>>
# Kept by: pet alias --install NAME, pet alias --uninstall NAME
if command -v pet >/dev/null; then eval "$(pet alias ${names})"; fi
# <<< pet aliases <<<
`;

describe("installing an alias", () => {
  test("appends one marked block", () => {
    const directory = home("export A=1\n");
    expect(install(directory, foo).names).toEqual(["foo"]);
    expect(bashrcOf(directory)).toBe(`export A=1\n${block("foo")}`);
  });

  test("makes the file where there is none", () => {
    const directory = home();
    install(directory, foo);
    expect(bashrcOf(directory)).toBe(block("foo"));
    expect(statSync(join(directory, ".bashrc")).mode & 0o777).toBe(0o644);
  });

  test("adds to the names in the block, where it stands", () => {
    const directory = home(`a\n${block("foo")}z\n`);
    install(directory, bar, foo);
    expect(bashrcOf(directory)).toBe(`a\n${block("foo bar")}z\n`);
  });

  test("changes nothing the second time", () => {
    const directory = home("a");
    install(directory, foo, baz);
    const before = bashrcOf(directory);
    const plan = install(directory, baz);
    expect(plan.change).toEqual([]);
    expect(bashrcOf(directory)).toBe(before);
  });

  test("shows what changes", () => {
    const directory = home();
    const lines = install(directory, foo).change;
    expect(lines).toHaveLength(4);
    expect(lines[2]).toBe('+ if command -v pet >/dev/null; then eval "$(pet alias foo)"; fi');
    expect(install(directory, bar).change).toEqual([
      '- if command -v pet >/dev/null; then eval "$(pet alias foo)"; fi',
      '+ if command -v pet >/dev/null; then eval "$(pet alias foo bar)"; fi',
    ]);
  });

  test("keeps the file's mode, and a link a link", () => {
    const directory = home();
    mkdirSync(join(directory, "dotfiles"));
    writeFileSync(join(directory, "dotfiles/bashrc"), "a\n");
    chmodSync(join(directory, "dotfiles/bashrc"), 0o640);
    symlinkSync("dotfiles/bashrc", join(directory, ".bashrc"));
    install(directory, foo);
    expect(readlinkSync(join(directory, ".bashrc"))).toBe("dotfiles/bashrc");
    expect(statSync(join(directory, "dotfiles/bashrc")).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(directory, "dotfiles/bashrc"), "utf8")).toBe(`a\n${block("foo")}`);
  });

  test.each([
    ["a block that does not end", "a\n# >>> pet aliases >>>\nx\n", "line 2"],
    ["a block that does not begin", "a\nb\n# <<< pet aliases <<<\n", "line 3"],
    ["two blocks", block("foo") + block("bar"), "lines 1, 4, 5, 8"],
    ["a block turned round", "# <<< pet aliases <<<\n# >>> pet aliases >>>\n", "lines 1, 2"],
    ["a block with a line of somebody else's", block("foo").replace("# Kept", "rm x\n# Kept"), "line 2"],
  ])("is refused beside %s, and nothing is touched", (_, text, lines) => {
    const directory = home(text);
    const damaged = {
      code: "ALIAS_BLOCK_DAMAGED",
      message: expect.stringContaining(`.bashrc is not as pet wrote it (${lines})`),
    };
    expect(() => install(directory, foo)).toThrow(expect.objectContaining(damaged));
    expect(bashrcOf(directory)).toBe(text);
  });

  test("never changes a byte of the person's", () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some));
    fc.assert(
      fc.property(bytes, bytes, (before, after) => {
        const start =
          before.length === 0 || before.at(-1) === 10 ? before : Buffer.concat([before, Buffer.from("\n")]);
        const directory = home(Buffer.concat([start, Buffer.from(block("foo")), after]));
        try {
          install(directory, bar);
          expect(Buffer.from(bashrcOf(directory), "latin1")).toEqual(
            Buffer.concat([start, Buffer.from(block("foo bar")), after]),
          );
          carryOut(planStartUp(bash, directory, { uninstall: [foo, bar] }));
          expect(Buffer.from(bashrcOf(directory), "latin1")).toEqual(Buffer.concat([start, after]));
        } finally {
          execFileSync("rm", ["-r", directory]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("uninstalling an alias", () => {
  test.each([
    ["takes the name out", `a\n${block("foo bar")}z`, `a\n${block("foo")}z`],
    ["takes the block away with the last name", `a\n${block("bar")}z\n`, "a\nz\n"],
    ["does nothing where it is not installed", `a\n${block("foo")}`, `a\n${block("foo")}`],
    ["does nothing where there is no block", "a", "a"],
  ])("%s", (_, text, expected) => {
    const directory = home(text);
    carryOut(planStartUp(bash, directory, { uninstall: [bar] }));
    expect(bashrcOf(directory)).toBe(expected);
  });

  test("plans no change where there is no file, and makes none", () => {
    const directory = home();
    expect(planStartUp(bash, directory, { uninstall: [bar] }).change).toEqual([]);
    expect(existsSync(join(directory, ".bashrc"))).toBe(false);
  });
});

describe("the name of an alias", () => {
  test("is none that bash has for itself", () => {
    const own = execFileSync("bash", ["-c", "compgen -b; compgen -k"], { encoding: "utf8" }).split("\n");
    const names = own.filter((word) => /^[a-z0-9][a-z0-9-]*$/.test(word) && !reservedWords.has(word));
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      expect(() => aliasName(bash, instanceName(name)), name).toThrow(
        expect.objectContaining({ code: "ALIAS_NAME" }),
      );
    }
  });

  test("may hide a program, which can be told", () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "foo"), "", { mode: 0o755 });
    writeFileSync(join(directory, "bar"), "", { mode: 0o644 });
    mkdirSync(join(directory, "baz"));
    expect(hiddenBy("foo", `/nowhere::${directory}`)).toBe(join(directory, "foo"));
    expect(hiddenBy("bar", directory)).toBeUndefined();
    expect(hiddenBy("baz", directory)).toBeUndefined();
    expect(hiddenBy("foo", undefined)).toBeUndefined();
  });
});

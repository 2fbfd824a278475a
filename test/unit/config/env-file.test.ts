import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readEnvFile, writeEnvFile } from "../../../src/config/env-file.ts";
import { prefixOrDefault } from "../../../src/config/settings.ts";
import { temporaryDirectory } from "../../support/temporary.ts";

function withFile(bytes: string | Buffer): string {
  const path = join(temporaryDirectory(), ".env_default_foo");
  writeFileSync(path, bytes);
  return path;
}

describe("reading", () => {
  test("gives values with the place they come from", () => {
    const path = withFile("# x\nPET_UID=5\n\nexport OTHER='a\nb'\nPET_GID=6\nPET_UID=7\n");
    expect(readEnvFile(path)).toMatchObject({
      exists: true,
      values: new Map([
        ["PET_UID", { text: "7", where: `${path}:7` }],
        ["OTHER", { text: "a\nb", where: `${path}:4` }],
        ["PET_GID", { text: "6", where: `${path}:6` }],
      ]),
    });
  });

  test("finds nothing where there is no file", () => {
    const path = join(temporaryDirectory(), "none");
    expect(readEnvFile(path)).toEqual({ path, text: "", exists: false, values: new Map() });
  });

  test.each<[string, string | Buffer, number]>([
    ["a line that says nothing", "A=1\nwhat\n", 2],
    ["an open quote", "A=1\n\nB='x\n", 3],
    ["bytes that are no text", Buffer.from([65, 61, 49, 10, 66, 61, 0xff, 10]), 2],
  ])("says the line of %s", (_, bytes, line) => {
    const path = withFile(bytes);
    expect(() => readEnvFile(path)).toThrow(
      expect.objectContaining({ code: "BROKEN_ENV", message: expect.stringContaining(`${path}:${line}: `) }),
    );
  });

  test.each([
    ["PET_PREFIX=mine\nPET_UID=wrong\n", "mine"],
    ["PET_PREFIX=My\n", "pet"],
    ["PET_PREFIX=mine\nwhat\n", "pet"],
    ["", "pet"],
  ])("finds a prefix in %j whatever else is broken: %s", (text, prefix) => {
    expect(prefixOrDefault(withFile(text))).toBe(prefix);
  });

  test("says what keeps it from reading", () => {
    expect(() => readEnvFile(temporaryDirectory())).toThrow(
      expect.objectContaining({
        code: "FILE_UNREADABLE",
        message: expect.stringContaining("it is a directory"),
      }),
    );
  });
});

describe("writing", () => {
  test("makes a file for its owner alone, in a directory for its owner alone", () => {
    const directory = join(temporaryDirectory(), "a", "pet");
    writeEnvFile(join(directory, ".env_default_foo"), "A=1\n");
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, ".env_default_foo")).mode & 0o777).toBe(0o600);
  });

  test("leaves no other file behind, and takes away what others could read", () => {
    const path = withFile("A=1\n");
    chmodSync(path, 0o644);
    writeEnvFile(path, "A=2\n");
    expect(readdirSync(join(path, ".."))).toEqual([".env_default_foo"]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, "utf8")).toBe("A=2\n");
  });

  test("goes through a symbolic link, there or dangling", () => {
    const directory = temporaryDirectory();
    const link = join(directory, ".env_default_foo");
    symlinkSync("real", link);
    writeEnvFile(link, "A=1\n");
    writeEnvFile(link, "A=2\n");
    expect(readlinkSync(link)).toBe("real");
    expect(readFileSync(join(directory, "real"), "utf8")).toBe("A=2\n");
  });

  test("leaves the old file whole when it cannot be done", () => {
    const directory = temporaryDirectory();
    const path = join(directory, "f");
    mkdirSync(join(path, "in-the-way"), { recursive: true });
    expect(() => writeEnvFile(path, "A=1\n")).toThrow(expect.objectContaining({ code: "FILE_UNWRITABLE" }));
    expect(readdirSync(directory)).toEqual(["f"]);
  });

  test("is refused where links run in circles", () => {
    const path = join(temporaryDirectory(), "loop");
    symlinkSync("loop", path);
    expect(() => writeEnvFile(path, "A=1\n")).toThrow(
      expect.objectContaining({ message: expect.stringContaining("run in circles") }),
    );
  });
});

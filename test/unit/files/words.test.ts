import { expect, test } from "vitest";
import { getWords, putWords } from "../../../src/files/words.ts";
import { PetError } from "../../../src/pet/errors.ts";
import { instanceName } from "../../../src/pet/names.ts";

function outcome(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof PetError) return error.code;
    throw error;
  }
}

const put = (...words: readonly string[]) =>
  outcome(() => {
    const { sources, destination, manner } = putWords(words);
    const things =
      sources === "standard input" ? sources : sources.map(({ path, name }) => `${path}=${name}`).join(" ");
    return `${things} ${manner} ${destination}`;
  });

const get = (...words: readonly string[]) =>
  outcome(() => {
    const { paths, names, destination, manner } = getWords(words, instanceName("foo"));
    return `${paths.map((path, at) => `${path}=${names[at]}`).join(" ")} ${manner} ${destination}`;
  });

test.each([
  [["a.txt"], "a.txt=a.txt into ~"],
  [["dir/a.txt", "b"], "dir/a.txt=a.txt either b"],
  [["/etc/passwd", "x/"], "/etc/passwd=passwd either x/"],
  [["a", "b/", "c"], "a=a b/=b into c"],
  [["README", "-n", "~/x"], "README=README -n=-n into ~/x"],
  [["-", "a.txt"], "standard input at a.txt"],
  [["-"], "NAMELESS"],
  [["./-"], "./-=- into ~"],
  [["/"], "NAMELESS"],
  [["", "x"], "NAMELESS"],
  [["a/x", "b/x", "c"], "SAME_NAME"],
])("put %j → %s", (words, expected) => {
  expect(put(...words)).toBe(expected);
});

test("put . has the name of the directory it stands for", () => {
  const name = process.cwd().split("/").at(-1);
  expect(put(".")).toBe(`.=${name} into ~`);
});

test.each([
  [["a.txt"], "a.txt=a.txt either ."],
  [["src/lib/"], "src/lib/=lib either ."],
  [["a", "b"], "a=a either b"],
  [["a", "b", "c"], "a=a b=b into c"],
  [["a", "-"], "a=a either standard output"],
  [["a/x", "b/x", "-"], "a/x=x b/x=x into standard output"],
  [["a/x", "b/x", "c"], "SAME_NAME"],
  [["~"], "~=foo either ."],
  [["."], ".=foo either ."],
  [["/"], "/=foo either ."],
  [["src/.."], "src/..=foo either ."],
  [["/etc/../etc/passwd"], "/etc/../etc/passwd=passwd either ."],
])("get %j → %s", (words, expected) => {
  expect(get(...words)).toBe(expected);
});

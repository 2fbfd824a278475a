import type { Header } from "tar-stream";
import { expect, test } from "vitest";
import { handedOver, type Laid } from "../../../src/flows/owners.ts";

const owner = { uid: 4321, gid: 4321 };

function entry(name: string, uid: number, more: Partial<Header> = {}): Header {
  const blank = {
    size: 0,
    mode: 0o640,
    mtime: new Date(0),
    linkname: "",
    gid: uid,
    uname: "",
    gname: "",
    devmajor: 0,
    devminor: 0,
  };
  return { ...blank, type: "file", ...more, name, uid };
}

/** Name, owner and link of each entry to lay. */
const brief = (headers: readonly Laid[]) =>
  headers.map(({ name, uid, linkname }) => [name, uid, linkname].join(" ").trim());

test.each<[string, Header, readonly string[]]>([
  ["the top itself is nobody's", entry("home/", 0, { type: "directory" }), []],
  [
    "a directory in other hands",
    entry("home/dev/", 1000, { type: "directory" }),
    ["dev/ 4321", ".pet-mend/tree/dev/ 4321"],
  ],
  [
    "a directory in the right hands",
    entry("home/dev/", 4321, { type: "directory" }),
    [".pet-mend/tree/dev/ 4321"],
  ],
  ["a file in other hands", entry("home/dev/a", 1000), [".pet-mend/tree/dev/a 4321"]],
  ["a file in the right hands", entry("home/dev/a", 4321), []],
  [
    "a hard link",
    entry("home/dev/b", 1000, { type: "link", linkname: "home/dev/a" }),
    [".pet-mend/tree/dev/b 4321 .pet-mend/tree/dev/a"],
  ],
  [
    "a symbolic link keeps what it says",
    entry("home/dev/c", 1000, { type: "symlink", linkname: "/etc/passwd" }),
    [".pet-mend/tree/dev/c 4321 /etc/passwd"],
  ],
  ["copies of an attempt before", entry("home/.pet-mend/tree/dev/a", 1000), []],
])("%s", (_, read, laid) => {
  expect(brief(handedOver(read, owner))).toEqual(laid);
});

test("what came beside a header for its name's sake is not laid beside the copy's", () => {
  const pax = { path: "home/dev/long", linkpath: "home/x", size: "1", uid: "1000", mtime: "1.5" };
  const [copy] = handedOver(entry("home/dev/long", 1000, { pax }), owner);
  expect(copy).toMatchObject({ name: ".pet-mend/tree/dev/long", uid: 4321, pax: { mtime: "1.5" } });
});

test("an id too large for a header comes beside it, both ways", () => {
  const large = { uid: 2 ** 31 - 1, gid: 2 ** 31 - 2 };
  const [copy] = handedOver(entry("home/dev/a", 1000), large);
  expect(copy).toMatchObject({ pax: { uid: "2147483647", gid: "2147483646" } });
  expect(handedOver(entry("home/dev/a", 0o7777777, { pax: { uid: "2147483647" } }), large)).toEqual([]);
});

test("a name that is no UTF-8 is left alone", () => {
  expect(handedOver(entry("home/dev/\ufffd", 1000), owner)).toEqual([]);
});

test("mode and time stay as they are", () => {
  const [copy] = handedOver(entry("home/dev/a", 1000, { mode: 0o4755, mtime: new Date(9e11) }), owner);
  expect(copy).toMatchObject({ mode: 0o4755, mtime: new Date(9e11), gid: 4321 });
});

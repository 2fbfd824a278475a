import { expect, test } from "vitest";
import type { StoredImage } from "../../../src/engine/engine.ts";
import { unusedImages } from "../../../src/flows/unused-images.ts";

const hash = "0123456789abcdef";
const one = `pet/debian:${hash}`;
const image = (over: Partial<StoredImage>): StoredImage => ({
  id: "sha256:1",
  names: [one],
  pinned: false,
  created: undefined,
  bytes: 7,
  used: false,
  labels: {},
  ...over,
});
const nothing = { names: new Set<string>(), terminals: new Set<string>(), unreadable: [] };

test.each<[string, Partial<StoredImage>, object, readonly [string | undefined, number | undefined][]]>([
  ["that nobody wants is unused", {}, {}, [[one, 7]]],
  ["that a container was made from is used", { used: true }, {}, []],
  ["that a pet would use is used", {}, { names: new Set([one]) }, []],
  ["of a recipe that is elsewhere may be used", {}, { terminals: new Set(["debian"]) }, []],
  ["of another recipe is not", {}, { terminals: new Set(["deb"]) }, [[one, 7]]],
  ["may be used where settings cannot be read", {}, { unreadable: ["?"] }, []],
  ["without a name is unused", { names: [] }, { unreadable: ["?"] }, [[undefined, 7]]],
  ["without a name, but a container, is used", { names: [], used: true }, {}, []],
  ["that was pulled by its digest is none of ours", { names: [], pinned: true }, {}, []],
  [
    "of somebody's own name is none of ours",
    { names: ["mine:1", "pet/debian:latest", `x/pet/debian:${hash}`] },
    {},
    [],
  ],
  ["with another name beside frees nothing", { names: [one, "mine:1"] }, {}, [[one, undefined]]],
  ["that was published frees nothing", { pinned: true }, {}, [[one, undefined]]],
])("an image %s", (_, over, wanted, expected) => {
  const found = unusedImages([image(over)], { ...nothing, ...wanted });
  expect(found.map(({ name, bytes }) => [name, bytes])).toEqual(expected);
});

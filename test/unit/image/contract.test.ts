import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lackOfContract, linesThatGiveIt } from "../../../src/image/contract.ts";

test.each([
  [{ "pet.kind": "image", "pet.contract": "1", more: "x" }, undefined],
  [{ "pet.kind": "image" }, "it lacks the label pet.contract=1"],
  [{}, "it lacks the label pet.contract=1"],
  [
    { "pet.kind": "image", "pet.contract": "0" },
    "its label says pet.contract=0, and this pet wants pet.contract=1",
  ],
  [
    { "pet.kind": "image", "pet.contract": "2\n  $(touch x)\n" },
    "its label says pet.contract=2?touch?x?, and this pet wants pet.contract=1",
  ],
  [{ "pet.kind": "tty", "pet.contract": "1" }, "it lacks the label pet.kind=image"],
  [{ "pet.contract": "1" }, "it lacks the label pet.kind=image"],
])("of an image with %j: %s", (labels, reason) => {
  expect(lackOfContract({ labels })).toBe(reason);
});

test.each([
  ["registry.example.org:5000/me/tools:1", "tools-pet"],
  ["debian:trixie-slim", "debian-pet"],
  [`r.example.org/a/b@sha256:${"0".repeat(64)}`, "b-pet"],
])("what is made of %s is called %s", (image, name) => {
  const lines = linesThatGiveIt(image, "foo");
  expect(lines[0]).toBe(`echo 'FROM ${image}`);
  expect(lines.at(-2)).toContain(` -t ${name} `);
  expect(lines.at(-1)).toBe(`foo PET_IMAGE=${name}`);
});

test("docs/images.md shows the same lines", () => {
  const lines = linesThatGiveIt("registry.example.org/me/tools:1", "pet foo").join("\n");
  expect(readFileSync("docs/images.md", "utf8")).toContain(
    lines.replace(/-f - \S+/, "-f - /path/to/pet/terminals"),
  );
});

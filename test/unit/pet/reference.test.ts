import { expect, test } from "vitest";
import { objectionTo, readReference, shortened, written } from "../../../src/pet/reference.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each([
  ["debian", "docker.io", "library/debian", "debian:latest"],
  ["debian:trixie-slim", "docker.io", "library/debian", "debian:trixie-slim"],
  ["docker.io/library/debian", "docker.io", "library/debian", "debian:latest"],
  ["index.docker.io/debian:12", "docker.io", "library/debian", "debian:12"],
  ["ada/tools:1", "docker.io", "ada/tools", "ada/tools:1"],
  ["localhost/tools", "localhost", "tools", "localhost/tools:latest"],
  ["localhost:5000/a/b_c:1", "localhost:5000", "a/b_c", "localhost:5000/a/b_c:1"],
  [
    "registry.example.org/me/tools",
    "registry.example.org",
    "me/tools",
    "registry.example.org/me/tools:latest",
  ],
  ["Registry.example.org/me", "Registry.example.org", "me", "Registry.example.org/me:latest"],
  ["127.0.0.1:5000/x:A_b.c-d", "127.0.0.1:5000", "x", "127.0.0.1:5000/x:A_b.c-d"],
  [`tools@${digest}`, "docker.io", "library/tools", `tools@${digest}`],
  [`r.example.org/x:1@${digest}`, "r.example.org", "x", `r.example.org/x@${digest}`],
  ["a__b/c--d/e.f", "docker.io", "a__b/c--d/e.f", "a__b/c--d/e.f:latest"],
])("%s is %s's %s, and is written %s", (text, registry, path, again) => {
  const reference = readReference(text);
  expect(reference).toMatchObject({ registry, path });
  expect(reference && written(reference)).toBe(again);
  expect(objectionTo(text)).toBeUndefined();
  expect(readReference(again)).toMatchObject({ registry, path });
});

test.each([
  ["https://registry.example.org/x", "without “https://”"],
  [digest, "an identifier alone"],
  [digest.slice("sha256:".length), "an identifier alone"],
  ["tools@sha256:12", "64 hexadecimal digits"],
  [`tools@md5:${"0".repeat(64)}`, "64 hexadecimal digits"],
  ["Ada/Tools", "small letters"],
  ["registry.example.org/Tools:1", "small letters"],
  ["DEBIAN", "small letters"],
  ["", "must be a reference"],
  ["-x", "must be a reference"],
  ["a b", "must be a reference"],
  ["a//b", "must be a reference"],
  ["a/", "must be a reference"],
  ["a:", "must be a reference"],
  ["a:b:c", "must be a reference"],
  [":1", "must be a reference"],
  ["a:-1", "must be a reference"],
  ["a_-b", "must be a reference"],
  ["registry.example.org:port/x", "must be a reference"],
  // To an engine this is a host, and Docker Hub's credentials are not for it.
  ["a_b.example.org/x", "must be a reference"],
  ["a\nb", "must be a reference"],
  ["$(touch x)", "must be a reference"],
  [`x:${"t".repeat(129)}`, "must be a reference"],
  [`${"long/".repeat(60)}x`, "must be a reference"],
])("%j is none, and it is said why", (text, why) => {
  expect(readReference(text)).toBeUndefined();
  expect(objectionTo(text)).toContain(why);
});

test("where there is little room a digest is shortened, and nothing else", () => {
  expect(shortened(`r.example.org/x@${digest}`)).toBe("r.example.org/x@sha256:0123456789ab…");
  expect(shortened("r.example.org/x:1")).toBe("r.example.org/x:1");
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameOfAddress, readAddress } from "../../../src/contexts/address.ts";
import { addressOf } from "../../../src/engine/endpoint.ts";

describe("an address", () => {
  test.each([
    ["unix:///var/run/docker.sock", "default", { kind: "unix", path: "/var/run/docker.sock" }],
    ["unix:///run/docker.sock", "default", { kind: "unix", path: "/run/docker.sock" }],
    ["unix://", "default", { kind: "unix", path: "/var/run/docker.sock" }],
    ["unix:///run/user/7/d.sock", "run+user+7+d.sock", { kind: "unix", path: "/run/user/7/d.sock" }],
    ["unix:///a+b/c", "a%2Bb+c", { kind: "unix", path: "/a+b/c" }],
    ["tcp://10.0.0.5:2375", "10.0.0.5", { kind: "tcp", host: "10.0.0.5", port: 2375 }],
    ["tcp://box", "box", { kind: "tcp", host: "box", port: 2375 }],
    ["tcp://box:80", "box:80", { kind: "tcp", host: "box", port: 80 }],
    ["box:4000", "box:4000", { kind: "tcp", host: "box", port: 4000 }],
    ["TCP://box:1", "box:1", { kind: "tcp", host: "box", port: 1 }],
    ["tcp://[::1]:2375", "::1", { kind: "tcp", host: "::1", port: 2375 }],
    ["ssh://me@box", "box", { kind: "other", address: "ssh://me@box" }],
    ["ssh://me@box:2222", "box:2222", { kind: "other", address: "ssh://me@box:2222" }],
  ])("%s is called %s", (address, name, endpoint) => {
    expect(nameOfAddress(address)).toBe(name);
    expect(readAddress(address)).toEqual(endpoint);
  });

  test.each(["tcp://", "gopher://box", "tcp://bo x", "tcp://box:99999", "://"])(
    "%s is refused",
    (address) => {
      expect(() => readAddress(address)).toThrow(expect.objectContaining({ code: "BAD_ADDRESS" }));
    },
  );

  test("of two sockets never has the same name, but for the two of the default", () => {
    const path = fc.stringMatching(/^\/[a-z+%/.-]{1,12}$/);
    fc.assert(
      fc.property(path, path, (a, b) => {
        fc.pre(a !== b);
        expect(nameOfAddress(`unix://${a}`)).not.toBe(nameOfAddress(`unix://${b}`));
      }),
    );
  });

  test("reads back as it is written", () => {
    for (const address of ["unix:///x", "tcp://box:2375", "tcp://[::1]:80"]) {
      expect(addressOf(readAddress(address))).toBe(address);
    }
  });
});

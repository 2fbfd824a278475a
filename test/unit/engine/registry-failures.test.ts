import { describe, expect, test } from "vitest";
import { registryFailure } from "../../../src/engine/docker/registry-failures.ts";

const image = "127.0.0.1:5000/pets/tools:1";
const name = "127.0.0.1:5000/pets/tools";

describe("what engines say of a pull", () => {
  test.each([
    [`manifest for ${image} not found: manifest unknown: manifest unknown`, "IMAGE_UNKNOWN"],
    [`failed to resolve reference "${image}": ${image}: not found`, "IMAGE_UNKNOWN"],
    [`Get "http://127.0.0.1:5000/v2/pets/tools/manifests/1": no basic auth credentials`, "PULL_DENIED"],
    [
      `pull access denied for ${name}, repository does not exist or may require 'docker login'`,
      "PULL_DENIED",
    ],
    ["unauthorized: authentication required", "PULL_DENIED"],
    [
      `Get "http://127.0.0.1:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused`,
      "REGISTRY_UNREACHABLE",
    ],
    [`Get "https://r.example.org/v2/": dial tcp: lookup r.example.org: no such host`, "REGISTRY_UNREACHABLE"],
    [`Get "https://r.example.org/v2/": net/http: TLS handshake timeout`, "REGISTRY_UNREACHABLE"],
    ["no matching manifest for linux/amd64 in the manifest list entries", "WRONG_ARCHITECTURE"],
    ["write /var/lib/docker/tmp/x: no space left on device", "DISK_FULL"],
    ["unexpected EOF", "PULL_FAILED"],
    ["filesystem layer verification failed for digest sha256:00", "PULL_FAILED"],
  ])("%s: %s", (said, code) => {
    expect(registryFailure("pull", image, said)).toMatchObject({ code, detail: said });
  });

  test("tells the registry to log in to, and the platform that is wanted", () => {
    expect(registryFailure("pull", image, "denied").hint).toContain("docker login 127.0.0.1:5000");
    expect(registryFailure("pull", "tools:1", "denied").hint).toContain("docker login docker.io");
    const other = registryFailure("pull", image, "no matching manifest for linux/arm64/v8 in the list");
    expect(other.message).toContain("linux/arm64/v8");
  });
});

describe("what engines say of a push", () => {
  test.each([
    ["denied: requested access to the resource is denied", "PUSH_DENIED"],
    ["no basic auth credentials", "PUSH_DENIED"],
    ["unauthorized: authentication required", "PUSH_DENIED"],
    ["dial tcp 127.0.0.1:5000: connect: connection refused", "REGISTRY_UNREACHABLE"],
    ["blob upload unknown", "PUSH_FAILED"],
    ["EOF", "PUSH_FAILED"],
    ["write: no space left on device", "DISK_FULL"],
  ])("%s: %s", (said, code) => {
    expect(registryFailure("push", image, said)).toMatchObject({ code, detail: said });
  });
});

/** What a check makes of what cannot be had for a test: engines and Nodes of other ages, registries far away. */

import { expect, test } from "vitest";
import { baseImage } from "../../../src/doctor/base-image.ts";
import type { Said } from "../../../src/doctor/check.ts";
import { node } from "../../../src/doctor/node.ts";
import { version } from "../../../src/doctor/version.ts";
import { row } from "../../support/findings.ts";

/** As the report has it. */
function named(check: string, said: readonly Said[]) {
  return said.map(({ repair, ...rest }) => ({ check, ...rest, repair: repair ?? null }));
}

test.each([
  ["v24.0.0", row("node", "FINE")],
  ["v26.1.0", row("node", "FINE")],
  ["v100.0.0", row("node", "FINE")],
  ["v23.11.1", row("node", "OLD", { version: "v23.11.1", folder: "'/opt/my pets'" })],
  ["v8.17.0", row("node", "OLD")],
])("Node %s", (version, expected) => {
  const facts = {
    version,
    node: "/usr/bin/node",
    link: "/p/dist/node",
    linked: true,
    folder: "/opt/my pets",
  };
  expect(named("node", node.judge(facts))).toEqual([expected]);
});

test.each([
  ["Docker Engine", "20.10.0", row("engine version", "FINE")],
  ["Docker Engine", "20.10.24+dfsg1", row("engine version", "FINE")],
  ["Docker Engine", "29.1.3", row("engine version", "FINE")],
  ["Docker Engine", "v25.0.0-rc.1", row("engine version", "FINE")],
  ["Docker Engine", "20.9.1", row("engine version", "OLD", { version: "20.9.1" })],
  ["Docker Engine", "19.03.15", row("engine version", "OLD")],
  ["Docker Engine", "library-import", row("engine version", "UNREADABLE")],
  ["Podman", "4.3.1", row("engine version", "PODMAN", { undo: "unset DOCKER_HOST" })],
  ["Podman", "5.4.2", row("engine version", "NEW_PODMAN")],
  ["Podman", "dev", row("engine version", "NEW_PODMAN")],
] as const)("%s %s", (product, text, expected) => {
  const facts = { product, version: text, undo: "unset DOCKER_HOST" };
  expect(named("engine version", version.judge(facts))).toEqual([expected]);
});

test.each([
  ["offered", true, row("base image", "OFFERED", { image: "some:1" })],
  [{ reason: "no route" }, true, row("base image", "USUAL_MISSING", { image: "some:1", folder: "/opt/pet" })],
  [{ reason: "no route" }, false, row("base image", "MISSING", { reason: "no route" })],
] as const)("a base image that is %j, the usual one: %j", (found, usual, expected) => {
  const facts = { bases: [{ reference: "some:1", found, usual }], folder: "/opt/pet" };
  expect(named("base image", baseImage.judge(facts))).toEqual([expected]);
});

test("where no engine answers nothing is said of it but that", () => {
  expect(version.judge(undefined)).toEqual([]);
});

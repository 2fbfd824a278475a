import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderConfigurationDoc } from "../../../src/config/docs.ts";
import { schema } from "../../../src/config/schema.ts";

test("docs/configuration.md is what the schema says (else: npm run docs)", () => {
  const path = new URL("../../../docs/configuration.md", import.meta.url);
  expect(readFileSync(path, "utf8")).toBe(renderConfigurationDoc());
});

test("every key has its section", () => {
  for (const { key, help } of schema) expect(renderConfigurationDoc()).toContain(`## ${key}\n\n${help}`);
});

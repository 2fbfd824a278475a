/** The arrows of ARCHITECTURE.md: imports point one way, types included, and nothing goes round in a circle. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** Folder of src/ → what it may import beside itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "main.ts": ["cli"],
  cli: ["flows", "doctor", "alias", "config", "console", "contexts", "engine", "image", "pet", "system"],
  flows: ["alias", "config", "console", "contexts", "engine", "files", "image", "pet", "system"],
  doctor: ["alias", "config", "contexts", "engine", "flows", "image", "pet", "system"],
  alias: ["config", "pet", "system"],
  contexts: ["engine", "pet", "system"],
  image: ["engine", "pet", "system"],
  files: ["engine", "pet", "system"],
  console: ["engine", "pet", "system"],
  engine: ["pet", "system"],
  config: ["pet", "system"],
  system: ["pet"],
  pet: [],
};

const source = fileURLToPath(new URL("../../src", import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);
/** Static, lazy and of types alone. */
const anyImport = /(?:\bfrom\s+|\bimport\s+|\bimport\()"(\.[^"]+)"/g;
/** What must be there for the file to be loaded. */
const neededImport = /^(?:import|export)\s+(?!type\b)[^;]*?\bfrom\s+"(\.[^"]+)"/gm;
const neededPackage = /^(?:import|export)\s+(?!type\b)(?:[^;]*?\bfrom\s+)?"([^."][^"]*)"/gm;

describe("imports point one way", () => {
  test.each(Object.entries(mayImport))("src/%s imports nothing but %j", (folder, others) => {
    const allowed = new Set([folder, ...others]);
    const astray = edges().filter(
      ({ from, to }) =>
        folderOf(from) === folder && to.startsWith(".") === false && !allowed.has(folderOf(to)),
    );
    expect(astray).toEqual([]);
  });

  test("every folder of src/ has its row", () => {
    expect(new Set(files.map(folderOf))).toEqual(new Set(Object.keys(mayImport)));
  });
});

test("only src/engine/docker knows dockerode", () => {
  const who = files.filter((file) => /from "(dockerode|docker-modem)/.test(textOf(file)));
  expect(who.filter((file) => !file.startsWith("engine/docker/"))).toEqual([]);
});

/** Behind them are the words of every run; whatever else there is waits behind an `await import()`. */
test("what every run needs before it does anything has one small package in it", () => {
  const reached = new Set(["main.ts", "cli/main.ts"]);
  // A set that grows while it is walked is walked to its end.
  for (const file of reached) for (const next of imports(file, neededImport)) reached.add(next);
  const packages = [...reached].flatMap((file) =>
    [...textOf(file).matchAll(neededPackage)].map(([, name = ""]) => name),
  );
  expect(reached).toContain("engine/docker/index.ts");
  expect(new Set(packages.filter((name) => !name.startsWith("node:")))).toEqual(new Set(["dotenv"]));
});

test("which engine it is, is chosen in src/contexts alone", () => {
  const who = edges().filter(({ to }) => /^engine\/(docker|memory)\//.test(to));
  const folders = who.map(({ from }) => folderOf(from)).filter((folder) => folder !== "engine");
  expect(new Set(folders)).toEqual(new Set(["contexts"]));
});

test("src/pet is pure: it imports nothing from outside itself", () => {
  const outside = files.filter((file) => folderOf(file) === "pet" && /from "[^.]/.test(textOf(file)));
  expect(outside).toEqual([]);
});

test("docs/performance.md says of every module that a start loads why, and of no other", () => {
  const reached = new Set(["cli/main.ts"]);
  for (const file of reached) for (const next of imports(file, neededImport)) reached.add(next);
  const page = readFileSync(join(source, "..", "docs", "performance.md"), "utf8");
  const table = /<!-- start-up: begin -->(.*)<!-- start-up: end -->/s.exec(page)?.[1] ?? "";
  const named = [...table.matchAll(/`([a-z-/]+)(?:\{([^}]+)\})?`/g)].flatMap(([, path = "", names]) =>
    names === undefined ? [`${path}.ts`] : names.split(",").map((name) => `${path}${name}.ts`),
  );
  expect(named.toSorted()).toEqual([...reached].toSorted());
});

test("only src/main.ts ends the process", () => {
  expect(files.filter((file) => /\bprocess\.exit\(/.test(textOf(file)))).toEqual(["main.ts"]);
});

test("nothing goes round in a circle", () => {
  expect(circle()).toBeUndefined();
});

function edges(): { from: string; to: string }[] {
  return files.flatMap((from) => imports(from, anyImport).map((to) => ({ from, to })));
}

/** The relative imports of a file, as paths within src/. */
function imports(file: string, pattern: RegExp): string[] {
  return [...textOf(file).matchAll(pattern)].map(([, specifier = ""]) =>
    normalize(join(dirname(file), specifier)),
  );
}

function circle(): string[] | undefined {
  const done = new Set<string>();
  for (const file of files) {
    const found = walk(file, []);
    if (found) return found;
  }
  return undefined;

  function walk(file: string, path: readonly string[]): string[] | undefined {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of imports(file, neededImport)) {
      const found = walk(next, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  }
}

function folderOf(file: string): string {
  return file.split("/")[0] ?? "";
}

function textOf(file: string): string {
  return readFileSync(join(source, file), "utf8");
}

/**
 * src/ → dist/: one small entry and a chunk for each lazy `import()`, so that a run loads what it uses. The result
 * is written beside the old one and takes its place in one rename: a pet that is being used never sees half a build.
 */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import { type ChunkingContext, type Plugin, rolldown } from "rolldown";
import { root } from "./setup/checkout.mjs";
import { sourcesHash, stampFile } from "./setup/sources.mjs";

const outdir = join(root, "dist");

const scratch = mkdtempSync(join(root, ".dist-"));
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

const started = performance.now();
const hash = sourcesHash();
const bundle = await rolldown({
  cwd: root,
  input: { main: "src/main.ts" },
  platform: "node",
  plugins: [builtinsAsTheyAre(), withoutGrpcAndSsh()],
});
const { output } = await bundle.write({
  dir: scratch,
  format: "esm",
  minify: true,
  chunkFileNames: "[name]-[hash].js",
  codeSplitting: { groups: [{ name: startUpAsOne(), debugName: "start-up" }] },
});
await bundle.close();

// bin/pet starts this very Node and need not look for one.
symlinkSync(process.execPath, join(scratch, "node"));
// npm packs no links: a copy of the package finds it by this.
writeFileSync(join(scratch, "built-with"), `${process.execPath}\n`);
mkdirSync(join(scratch, ".cache"));
writeFileSync(join(scratch, basename(stampFile)), hash);
chmodSync(scratch, 0o755);
replace();
report();

/**
 * What the way to a prompt imports statically becomes one file: a file costs more than what is in it. Whatever else
 * needs these modules imports that file.
 */
function startUpAsOne(): (id: string, context: ChunkingContext) => string | null {
  let reached: Set<string> | undefined;
  return (id, context) => {
    reached ??= reachedFrom(join(root, "src/cli/main.ts"), context);
    return reached.has(id) ? "start-up" : null;
  };
}

function reachedFrom(entry: string, context: ChunkingContext): Set<string> {
  const reached = new Set([entry]);
  // A set that grows while it is walked is walked to its end.
  for (const id of reached) {
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  }
  return reached;
}

/**
 * `import … from "node:fs"` reads every name that the module exports, and some of those load more of Node when they
 * are read. Taken from process.getBuiltinModule, only what is used is.
 */
function builtinsAsTheyAre(): Plugin {
  const mark = "\0builtin:";
  return {
    name: "builtins-as-they-are",
    resolveId: (id) => {
      const name = id.replace(/^node:/, "");
      // The bundle's own runtime takes createRequire from it.
      return builtinModules.includes(name) && name !== "module" ? mark + name : null;
    },
    load: (id) => {
      if (!id.startsWith(mark)) return null;
      return `module.exports = process.getBuiltinModule(${JSON.stringify(id.slice(mark.length))});`;
    },
  };
}

/**
 * dockerode brings gRPC (for BuildKit's sessions) and ssh2, a third of a second to load and unused here: an engine
 * over SSH is reached through the system's own ssh.
 */
function withoutGrpcAndSsh(): Plugin {
  const mark = "\0left-out";
  return {
    name: "without-grpc-and-ssh",
    resolveId: (id) => (/^(@grpc\/(grpc-js|proto-loader)|protobufjs|ssh2)$/.test(id) ? mark : null),
    load: (id) => (id === mark ? "module.exports = {};" : null),
  };
}

function replace(): void {
  const old = join(scratch, "old");
  const fresh = `${scratch}.new`;
  renameSync(scratch, fresh);
  mkdirSync(scratch);
  if (existsSync(outdir)) renameSync(outdir, old);
  renameSync(fresh, outdir);
}

function report(): void {
  const bytes = output.reduce((sum, part) => sum + (part.type === "chunk" ? part.code.length : 0), 0);
  const ms = Math.round(performance.now() - started);
  console.log(`dist/: ${output.length} files, ${Math.round(bytes / 1024)} KB, in ${ms} ms`);
}

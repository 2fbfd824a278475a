/**
 * `npm run bench`: pet beside the tools it is measured by, in one run on an engine of the tests' own. Every pair runs
 * in turns, so that whatever else the machine does falls on both alike. `--write` puts the table into
 * docs/performance.md; `--rounds N` and words of a row's name narrow a run down.
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { provideBaseImage } from "../test/support/engine/base-image.ts";
import { startKeeper } from "../test/support/engine/client.ts";
import { engineVariable } from "../test/support/engine.ts";
import { changeRows } from "./change-rows.ts";
import { fileRows } from "./file-rows.ts";
import { type Measured, measure } from "./measure.ts";
import { asMarkdown, asText, document } from "./report.ts";
import { rows } from "./rows.ts";
import { openStage } from "./stage.ts";

const { values, positionals } = parseArgs({
  options: { write: { type: "boolean", default: false }, rounds: { type: "string", default: "15" } },
  allowPositionals: true,
});

const kept = process.env[engineVariable];
const keeper = kept ? undefined : await startKeeper("");
const home = mkdtempSync(join(tmpdir(), "pet-bench-"));
process.once("exit", () => rmSync(home, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

try {
  const socket: string = keeper?.socket ?? JSON.parse(kept ?? "{}").socket;
  const baseImage = await provideBaseImage(socket);
  const stage = await openStage(socket, home, baseImage);
  const results: Measured[] = [];
  try {
    for (const row of [...rows(stage), ...fileRows(stage), ...changeRows(stage)]) {
      if (positionals.length > 0 && !positionals.some((word) => row.what.includes(word))) continue;
      const result = await measure(row, Number(values.rounds));
      results.push(result);
      console.log(asText(result));
    }
  } finally {
    await stage.close();
  }
  console.log(`\n${asMarkdown(results)}`);
  if (values.write) {
    const file = join(import.meta.dirname, "..", "docs", "performance.md");
    writeFileSync(file, document(file, results, await stage.machine()));
  }
} finally {
  await keeper?.end();
}

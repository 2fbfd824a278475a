/**
 * `npm run docs`: writes what is made from the tables of the source: docs/errors.md, docs/configuration.md, the tables
 * of docs/usage.md, the words in completions/. With `--check` it writes nothing, names what is not current, and fails.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderCompletion } from "../src/alias/completion.ts";
import { shells } from "../src/alias/shells.ts";
import { renderErrorsDoc, renderUsageTables } from "../src/cli/docs.ts";
import { commands, options, petCommands, verbs } from "../src/cli/tables.ts";
import { renderConfigurationDoc } from "../src/config/docs.ts";
import { eachRow } from "../src/config/rows.ts";
import { renderDoctorDoc } from "../src/doctor/docs.ts";
import { listTerminals } from "../src/image/terminals.ts";
import { root } from "./setup/checkout.mjs";

const made: Readonly<Record<string, (current: string) => string>> = {
  "docs/doctor.md": renderDoctorDoc,
  "docs/errors.md": renderErrorsDoc,
  "docs/configuration.md": renderConfigurationDoc,
  "docs/usage.md": (current) => betweenMarks(current, renderUsageTables()),
  "completions/pet.bash": (current) =>
    renderCompletion(current, {
      verbs,
      options,
      commands,
      petCommands,
      keys: eachRow((row) => row),
      terminals: listTerminals({ configDirectory: join(root, "nobody") }).map(({ name }) => name),
      shells: Object.keys(shells),
    }),
};

const stale = Object.entries(made).filter(([file, render]) => {
  const path = join(root, file);
  const current = existsSync(path) ? readFileSync(path, "utf8") : "";
  const wanted = render(current);
  if (wanted === current) return false;
  if (!process.argv.includes("--check")) writeFileSync(path, wanted);
  return true;
});

for (const [file] of stale)
  console.log(process.argv.includes("--check") ? `not current: ${file}` : `wrote ${file}`);
if (process.argv.includes("--check") && stale.length > 0) {
  console.log("Type: npm run docs");
  process.exitCode = 1;
}

function betweenMarks(page: string, tables: string): string {
  const marks = /(?<=<!-- tables: begin[^\n]*-->\n)[\s\S]*?(?=<!-- tables: end -->)/;
  if (!marks.test(page))
    throw new Error("docs/usage.md lacks <!-- tables: begin --> and <!-- tables: end -->");
  return page.replace(marks, () => `\n${tables}\n`);
}

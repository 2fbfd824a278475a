/** A hundred thousand files, in and out, with a heap that has no room for a list of them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { runToEnd } from "../support/cli.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "crowd";
destroyAfterwards(me, name);
recipe(me, "tiny", "");

beforeAll(async () => {
  for (const words of [[tiny], ["--start"]]) {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

const make = `mkdir "many"; for my $d (1 .. 100) { mkdir "many/$d"; for (1 .. 1000) { open my $f, ">", "many/$d/a-file-called-$_" } }
  open my $last, ">", "many/100/a-file-called-1000"; print $last "the last"`;

/** A start takes half of it; the names would be more than the other half. */
const env = { NODE_OPTIONS: "--max-old-space-size=16" };

test("they go in and come out, and take no more memory than one", async () => {
  const cwd = temporaryDirectory();
  expect(await runToEnd("perl", ["-e", make], { cwd })).toMatchObject({ status: 0, stderr: "" });
  const limits = { cwd, env, timeoutMs: 300_000 };
  expect(await me.pet([name, "put", "many", "/tmp"], limits)).toMatchObject({
    status: 0,
    stderr: `put 100101 files, 8 bytes into pet-${name}-1 at /tmp\n`,
  });
  expect(await me.pet([name, "get", "/tmp/many", "back"], limits)).toMatchObject({
    status: 0,
    stderr: `got 100101 files, 8 bytes from pet-${name}-1 to back\n`,
  });
  const counts = readdirSync(join(cwd, "back")).map((each) => readdirSync(join(cwd, "back", each)).length);
  expect(counts).toEqual(Array.from({ length: 100 }, () => 1000));
  expect(readFileSync(join(cwd, "back/100/a-file-called-1000"), "utf8")).toBe("the last");
}, 600_000);

/**
 * A recreation that is killed at every kind of request, once before the engine hears of it and once after; and one whose
 * line breaks. The home keeps its bytes, a TTY is shown throughout, and the same words again end with exactly one.
 */

import { beforeAll, describe, expect, test } from "vitest";
import { nothing, things } from "./docker.ts";
import { endedAt, kindsOf, type Moment } from "./ended-at.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const moments: readonly Moment[] = ["before", "after", "cut"];

/** Someone with a pet, and the line to the engine at which things go wrong. */
async function mortal(moment: Moment) {
  const line = await proxy();
  const me = resident({ DOCKER_HOST: line.host });
  const name = `again-${moment}`;
  destroyAfterwards(me, name);
  recipe(me, "tiny", "");
  const run = async (...words: readonly string[]) => {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    return outcome.stdout;
  };
  return { moment, line, me, name, run };
}

type Mortal = Awaited<ReturnType<typeof mortal>>;
const mortals = new Map<Moment, Mortal>();
for (const moment of moments) mortals.set(moment, await mortal(moment));

beforeAll(async () => {
  for (const { run } of mortals.values()) {
    await run(tiny);
    await run("--", "sh", "-c", "echo kept > ~/file");
  }
}, 300_000);

describe.concurrent.each(moments)("ended %s", (moment) => {
  test("at any kind of request it is made whole by the next run", async () => {
    const one = mortals.get(moment);
    if (one === undefined) throw new Error("nobody");
    const { line, name, run } = one;
    const recreate = [name, "--recreate"];
    const all = await kindsOf(line, () => run("--recreate"));
    // These are the steps that it is about.
    expect(all.join("\n")).toMatch(
      /create\?name=\S+\.lock[\s\S]*create\?name=\S+\.new[\s\S]*rename\?name=\S+\.old[\s\S]*rename\?name=\S+-1[\s\S]*DELETE/,
    );
    for (const [index, kind] of all.entries()) {
      await endedAt(one, recreate, kind);
      const { ttys } = JSON.parse(await run("--status", "--json"));
      expect(ttys, kind).toHaveLength(1);
      // By turns the next run is one that only wants it to be there, or to be no more than that.
      if (kind.includes("rename")) expect(await run("--", "cat", "file"), kind).toBe("kept\n");
      if (kind.endsWith("/stop")) await run("--stop");
      const next = index % 3 === 0 || kind.endsWith("/stop") ? "--start" : "--recreate";
      expect(await run(next, "--", "cat", "file"), kind).toBe("kept\n");
      expect((await things(`^/?pet-${name}-`)).containers, kind).toEqual([`pet-${name}-1 running`]);
    }
    await run("--recreate");
    await endedAt(one, recreate, all.find((kind) => kind.endsWith("-1")) ?? "");
    await run("--destroy", "--yes");
    expect(await things(`^/?pet-${name}-`)).toEqual(nothing);
  }, 600_000);
});

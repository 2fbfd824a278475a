/**
 * A recreation that is killed at every kind of request, once before the engine hears of it and once after; and one whose
 * line breaks. The home keeps its bytes, a TTY is shown throughout, and the same words again end with exactly one.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, describe, expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { nothing, things } from "./docker.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

type Moment = "before" | "after" | "cut";
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

/**
 * What kind of request it is: without identifiers, and with the number that it has among the engine's changes of that
 * kind (looks may be repeated, and one is as good as another).
 */
function kinds(): (request: string) => string {
  const seen = new Map<string, number>();
  return (request) => {
    const kind = request
      .replace(/\?(?!name=).*|&.*/, "")
      .replace(/(?<=^GET \/\w+\/).+(?=\/json)|[0-9a-f]{64}/g, "…");
    if (kind.startsWith("GET ")) return kind;
    const number = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, number);
    return number === 1 ? kind : `${kind} (${number})`;
  };
}

async function kindsOf({ line, run }: Mortal): Promise<readonly string[]> {
  line.watch({});
  await run("--recreate");
  return [...new Set(line.requests().map(kinds()))];
}

/** Runs a recreation that ends at the first request of this kind. */
async function endedAt({ moment, line, me, name }: Mortal, wanted: string): Promise<void> {
  const child = spawn(petCommand, [name, "--recreate"], { env: me.env, stdio: "ignore" });
  const [before, after] = [kinds(), kinds()];
  let ended = false;
  let [kind, number] = ["", 0];
  const end = () => {
    ended = true;
    if (moment === "cut") line.cut();
    else child.kill("SIGKILL");
  };
  line.watch({
    onRequest(request) {
      if (ended) return moment === "cut" ? "go on" : "hold";
      if (moment === "after" || before(request) !== wanted) return "go on";
      end();
      return "hold";
    },
    onHanded(request, at) {
      if (moment !== "after" || ended) return;
      // Of one request several parts may be handed over.
      if (at !== number) [kind, number] = [after(request), at];
      if (kind === wanted) end();
    },
  });
  await once(child, "close");
  line.watch({});
  expect(ended, `${wanted} was not met`).toBe(true);
}

describe.concurrent.each(moments)("ended %s", (moment) => {
  test("at any kind of request it is made whole by the next run", async () => {
    const one = mortals.get(moment);
    if (one === undefined) throw new Error("nobody");
    const { name, run } = one;
    const all = await kindsOf(one);
    // These are the steps that it is about.
    expect(all.join("\n")).toMatch(
      /create\?name=\S+\.lock[\s\S]*create\?name=\S+\.new[\s\S]*rename\?name=\S+\.old[\s\S]*rename\?name=\S+-1[\s\S]*DELETE/,
    );
    for (const [index, kind] of all.entries()) {
      await endedAt(one, kind);
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
    await endedAt(one, all.find((kind) => kind.endsWith("-1")) ?? "");
    await run("--destroy", "--yes");
    expect(await things(`^/?pet-${name}-`)).toEqual(nothing);
  }, 600_000);
});

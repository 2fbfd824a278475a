/** Two laptops on one pet at once: the second waits, told for whom; and any two verbs end as one after the other would. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Outcome, type Person, petCommand } from "../support/cli.ts";
import { testEngine } from "../support/engine.ts";
import { inspected, things } from "./docker.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const [ann, bob] = [resident(), resident()];
for (const each of [ann, bob]) recipe(each, "tiny", "");

async function done(who: Person, words: readonly string[]): Promise<Outcome> {
  const outcome = await who.pet(words, { timeoutMs: 180_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome;
}

describe("while somebody has the turn", () => {
  const name = "awaited";
  const container = `pet-${name}-1`;
  destroyAfterwards(ann, name);

  beforeAll(async () => {
    await done(ann, [name, tiny]);
    await done(ann, [name, "--start"]);
    await done(ann, [name, "--stop"]);
  }, 300_000);

  /** Another program that has the pet's turn until it is killed. */
  async function somebody(): Promise<{ kill(): void }> {
    const program = fileURLToPath(new URL("../contract/docker/hold-lock.ts", import.meta.url));
    const { Image } = await inspected(container);
    const argv = [program, testEngine().socket, `pet-${name}`, "ann@laptop", Image];
    const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child.stdout, "data");
    return { kill: () => void child.kill("SIGKILL") };
  }

  /** A verb that is under way: what it has said, and its end. */
  function begun(words: readonly string[]) {
    const child = spawn(petCommand, [name, ...words], { env: bob.env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (bytes) => {
      said += bytes;
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    return { child, said: () => said, end: once(child, "close") };
  }

  const waits = new RegExp(
    `^waiting for ann@laptop, who has been at work on ${name} since (\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d$`,
    "m",
  );

  test("every verb waits and says for whom, Ctrl-C ends the waiting, and nothing was done", async () => {
    await somebody();
    const before = await inspected(container);
    const verbs = [["--start"], ["--stop"], ["--recreate"], ["--destroy", "--yes"], ["--", "true"]].map(
      begun,
    );
    for (const { said } of verbs) await expect.poll(said, { timeout: 60_000 }).toMatch(waits);
    for (const { child, end } of verbs) {
      child.kill("SIGINT");
      expect(await end).toEqual([null, "SIGINT"]);
    }
    for (const { said } of verbs) expect(said()).toContain("INTERRUPTED");
    expect(await inspected(container)).toEqual(before);
  });

  test("a status tells who it is, and waits for nobody", async () => {
    await somebody();
    const { stdout } = await done(bob, [name, "--status"]);
    expect(stdout).toContain(`ann@laptop has been at work on ${name} since `);
    const { turn } = JSON.parse((await done(bob, [name, "--status", "--json"])).stdout);
    expect(turn.who).toBe("ann@laptop");
    expect(new Date(turn.since).toISOString()).toBe(turn.since);
  });

  test("a holder that is killed outright lets the next one through", async () => {
    const holder = await somebody();
    const start = begun(["--start"]);
    await expect.poll(start.said, { timeout: 60_000 }).toMatch(waits);
    holder.kill();
    expect(await start.end).toEqual([0, null]);
    expect(start.said().match(/waiting for/g)).toHaveLength(1);
    expect((await things(container)).containers).toEqual([`${container} running`]);
  });
});

/** What is there of the pet, as far as these verbs go; and the limit by which one knows whose wish it was made of. */
type State = `${"running" | "exited"} ${number}` | "absent";

const verbs = {
  start: ["--start"],
  stop: ["--stop"],
  recreate: ["--recreate"],
  destroy: ["--destroy", "--keep-home", "--yes"],
} as const;
type Verb = keyof typeof verbs;

/** What a verb of somebody's leaves, where nobody else is at it. */
function leaving(state: State, verb: Verb, wish: number): State {
  if (verb === "destroy") return "absent";
  if (state === "absent") return verb === "start" ? `running ${wish}` : "absent";
  const [word, limit] = state.split(" ");
  if (verb === "recreate") return `${word === "running" ? "running" : "exited"} ${wish}`;
  return `${verb === "start" ? "running" : "exited"} ${Number(limit)}`;
}

const wishes = { ann: 400, bob: 500 };
const all = Object.keys(verbs) as Verb[];
const pairs = all.flatMap((one, at) => all.slice(at).map((other) => [one, other] as const));

destroyAfterwards(ann, ...pairs.map(([one, other]) => `pair-${one}-${other}`));

describe.concurrent("at once", () => {
  test.for(pairs)(
    "%s and %s end as one after the other would",
    { timeout: 300_000 },
    // Of several at once the one that runs is not known to vitest, but for what it gives to each.
    async ([one, other], { onTestFinished }) => {
      const name = `pair-${one}-${other}`;
      const container = `pet-${name}-1`;
      onTestFinished(async () => {
        await ann.pet([name, "--destroy", "--yes"], { timeoutMs: 120_000 });
      });
      await done(ann, [name, tiny, "PET_PIDS=300"]);
      await done(ann, [name, "--", "sh", "-c", "echo kept > ~/file"]);
      // A start is something where it is stopped, the rest where it runs.
      const starts = one === "start" || other === "start";
      if (starts) await done(ann, [name, "--stop"]);
      await done(ann, [name, `PET_PIDS=${wishes.ann}`]);
      await done(bob, [name, tiny, `PET_PIDS=${wishes.bob}`]);

      const outcomes = await Promise.all([
        ann.pet([name, ...verbs[one]], { timeoutMs: 180_000 }),
        bob.pet([name, ...verbs[other]], { timeoutMs: 180_000 }),
      ]);
      const before: State = starts ? "exited 300" : "running 300";
      const ends = [
        leaving(leaving(before, one, wishes.ann), other, wishes.bob),
        leaving(leaving(before, other, wishes.bob), one, wishes.ann),
      ];
      const told = outcomes.map(({ stderr }) => stderr).join("\n");
      expect(ends, told).toContain(await stateOf(container));
      for (const { status, stderr } of outcomes) {
        // What a destroy has removed before cannot be stopped, recreated or destroyed again.
        const late = one === "destroy" || other === "destroy" ? /\[(NO_TTY|NO_PET)\]/ : /^$/;
        expect(status === 0 || late.test(stderr), told).toBe(true);
      }
      expect(outcomes.some(({ status }) => status === 0)).toBe(true);
      // Nothing of it is left beside, once the engine has removed a lock whose holder has gone; and the home is as it was.
      const left = (await stateOf(container)) === "absent" ? [] : [container];
      await vi.waitFor(async () => expect(await names(`pet-${name}[-.]`), told).toEqual(left), 30_000);
      expect((await done(bob, [name, "--", "cat", "file"])).stdout).toBe("kept\n");
    },
  );

  async function names(pattern: string): Promise<readonly string[]> {
    return (await things(pattern)).containers.map((line) => line.split(" ")[0] ?? "");
  }

  async function stateOf(container: string): Promise<State> {
    const { containers } = await things(`^/?${container}$`);
    if (containers.length === 0) return "absent";
    const { State, HostConfig } = await inspected(container);
    return `${State.Status as "running" | "exited"} ${Number(HostConfig.PidsLimit)}`;
  }
});

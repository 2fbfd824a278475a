/** `--recreate`: what changed is in a new container, over the same home; the old one goes only once that answers. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Person } from "../support/cli.ts";
import { inspected, things } from "./docker.ts";
import { recipe } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const [me, elsewhere] = [resident(), resident()];
const [name, stubborn, moving] = ["renewed", "stubborn", "moving"];
destroyAfterwards(me, name, stubborn, moving);

async function done(words: readonly string[], who: Person = me) {
  const outcome = await who.pet(words, { timeoutMs: 120_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome;
}

/** An engine that is kept from run to run has the images of the last one. */
const run = `${process.pid}-${Date.now()}`;

/** A recipe of its own, so that another file's builds are not met; with lines that are root's at its end. */
function own(...last: readonly string[]): void {
  recipe(me, "renewed", `RUN echo a recipe of run ${run}`);
  const file = join(me.config, "terminals/renewed/Dockerfile");
  const lines = ["USER 0:0", ...last, "USER 1000:1000"];
  writeFileSync(file, readFileSync(file, "utf8").replace("USER 1000:1000", lines.join("\n")));
}

const outdated = async (pet: string, who = me): Promise<readonly (readonly string[])[]> =>
  JSON.parse((await done([pet, "--status", "--json"], who)).stdout).ttys.map(
    (tty: { readonly outdated: readonly string[] }) => tty.outdated,
  );
const idOf = async (container: string): Promise<string> => (await inspected(container)).Id;
const containersOf = async (pet: string) => (await things(`^/?pet-${pet}-`)).containers;

beforeAll(async () => {
  own();
  for (const words of [
    [name, "PET_TERMINAL=renewed"],
    [name, "--", "sh", "-c", "echo kept > ~/file"],
  ]) {
    await done(words);
  }
}, 300_000);

describe("what changed", () => {
  test("is told by --status, planned key by key, and in the new container, whose home is the same", async () => {
    expect(await outdated(name)).toEqual([[]]);
    await done([name, "PET_MEMORY=64m", "PET_ENV=TOKEN=hunter2"]);
    own("RUN echo changed > /changed");
    expect(await outdated(name)).toEqual([["memory", "env", "image recipe"]]);
    const before = await idOf(`pet-${name}-1`);

    const { stdout } = await done([name, "--recreate", "--dry-run"]);
    expect(stdout).toMatch(
      new RegExp(
        [
          `^pet-${name}-1: PET_MEMORY: 0 → 64m`,
          `pet-${name}-1: PET_ENV: \\(kept to itself\\)`,
          `pet-${name}-1: image recipe: pet/renewed:([0-9a-f]+) → (pet/renewed:[0-9a-f]+)`,
          "build image \\2",
          `make a new pet-${name}-1 from \\2 beside the old one; once it answers, .*\\n$`,
        ].join("\n"),
      ),
    );
    expect(await idOf(`pet-${name}-1`)).toBe(before);

    const { stderr } = await done([name, "--recreate"]);
    expect(stderr).toContain(`recreated pet-${name}-1; go there with: pet ${name}\n`);
    const { Id, HostConfig, Config } = await inspected(`pet-${name}-1`);
    expect(Id).not.toBe(before);
    expect(HostConfig.Memory).toBe(64 * 1024 ** 2);
    expect(Config.Hostname).toBe(`pet-${name}-1`);
    expect((await done([name, "--", "sh", "-c", "cat ~/file /changed; echo $TOKEN"])).stdout).toBe(
      "kept\nchanged\nhunter2\n",
    );
    expect(await outdated(name)).toEqual([[]]);
    expect(await containersOf(name)).toEqual([`pet-${name}-1 running`]);
  });

  test("may be an image of the same recipe that was built anew", async () => {
    await done([name, "--build", "--no-cache"]);
    expect(await outdated(name)).toEqual([["image"]]);
    expect((await done([name, "--recreate", "--dry-run"])).stdout).toContain("was built anew since");
    await done([name, "--recreate"]);
    expect(await outdated(name)).toEqual([[]]);
  });

  test("may be nothing: recreated all the same, and so planned", async () => {
    const before = await idOf(`pet-${name}-1`);
    const { stdout } = await done([name, "--recreate", "--dry-run"]);
    expect(stdout).toContain(`pet-${name}-1: nothing changed since it was made\nmake a new pet-${name}-1`);
    await done([name, "--recreate"]);
    expect(await idOf(`pet-${name}-1`)).not.toBe(before);
  });

  test("waits: a start goes by what is there, and its plan says so", async () => {
    await done([name, "PET_PIDS=200"]);
    const before = await idOf(`pet-${name}-1`);
    const planned = await done([name, "--start", "--dry-run"]);
    expect(planned).toMatchObject({
      stdout: "",
      stderr: expect.stringContaining("waits for --recreate: PET_PIDS: 4096 → 200"),
    });
    await done([name, "--stop"]);
    await done([name, "--start"]);
    expect(await idOf(`pet-${name}-1`)).toBe(before);
  });
});

describe("of several TTYs", () => {
  test("one is recreated, or all; one that was stopped stays stopped", async () => {
    await done([name, "2", "--start"]);
    await done([name, "2", "--stop"]);
    await done([name, "PET_PIDS=300"]);
    const two = await idOf(`pet-${name}-2`);
    await done([name, "--recreate"]);
    expect(await outdated(name)).toEqual([[], ["pids"]]);
    expect(await idOf(`pet-${name}-2`)).toBe(two);

    const one = await idOf(`pet-${name}-1`);
    const plan = (await done([name, "--recreate", "--all", "--dry-run"])).stdout;
    expect(plan).toContain(`pet-${name}-2: PET_PIDS: 200 → 300`);
    expect(plan).toContain(`pet-${name}-2 stays stopped`);
    const { stderr } = await done([name, "--recreate", "--all"]);
    expect(stderr).toContain(
      `recreated pet-${name}-2, which stays stopped; start it with: pet ${name} 2 --start`,
    );
    expect(await outdated(name)).toEqual([[], []]);
    expect(await idOf(`pet-${name}-1`)).not.toBe(one);
    expect(await containersOf(name)).toEqual([`pet-${name}-1 running`, `pet-${name}-2 exited`]);
  });

  test("one that is not there is said", async () => {
    for (const [words, code] of [
      [[name, "3", "--recreate"], "NO_TTY"],
      [["nowhere", "--recreate", "--all"], "NO_PET"],
    ] as const) {
      expect(await me.pet(words)).toMatchObject({
        status: 1,
        stdout: "",
        stderr: expect.stringContaining(code),
      });
    }
  });
});

describe("from a second laptop, without a .env file", () => {
  test("nothing is called outdated, and a recreation keeps what the engine remembers", async () => {
    await done([name, "PET_ENV="]);
    await done([name, "--recreate", "--all"]);
    expect(await outdated(name, elsewhere)).toEqual([[], []]);
    // What its image is made of is on the first laptop alone.
    const { stderr } = await done([name, "--recreate"], elsewhere);
    expect(stderr).toContain(`The image of pet-${name}-1 is used as it is.`);
    const { HostConfig, Config } = await inspected(`pet-${name}-1`);
    expect(HostConfig).toMatchObject({ Memory: 64 * 1024 ** 2, PidsLimit: 300 });
    expect(Config.Labels["pet.spec"]).toContain('"PET_TERMINAL":"renewed"');
    expect(await outdated(name)).toEqual([[], []]);
  });

  test("what only the first laptop's file holds is not lost by it", async () => {
    await done([name, "PET_ENV=TOKEN=hunter2"]);
    await done([name, "--recreate"]);
    const before = await idOf(`pet-${name}-1`);
    const outcome = await elsewhere.pet([name, "--recreate"]);
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    expect(outcome.stderr).toContain("SECRETS_ELSEWHERE");
    expect(await idOf(`pet-${name}-1`)).toBe(before);
  });
});

describe("a new one that does not answer", () => {
  const entry = (script: string) => `RUN printf '#!/bin/sh\\n${script}\\n' > /usr/lib/pet/entry`;

  test("is gone again, and who is in the old one notices nothing", async () => {
    own();
    await done([stubborn, "PET_TERMINAL=renewed", "PET_READY_SECONDS=2"]);
    const terminal = me.open([stubborn]);
    await terminal.waitFor("$", 60_000);
    terminal.type("echo in use; sleep 4242\r");
    await terminal.waitFor(/^in use$/m);
    const before = await idOf(`pet-${stubborn}-1`);

    const plan = async () => (await done([stubborn, "--recreate", "--dry-run"])).stdout;
    await expect.poll(plan, { timeout: 30_000 }).toContain(`ends in pet-${stubborn}-1: sleep 4242`);
    expect(await plan()).toMatch(new RegExp(`ends in pet-${stubborn}-1: the console of .+@.+`));

    for (const [what, line, said] of [
      ["a recipe that is broken", "RUN echo so it goes; false", /BUILD_FAILED.*\n[\s\S]*so it goes/],
      [
        "an image that ends at once",
        entry('echo "no luck"; exit 3'),
        /NOT_RENEWED.*\n *\| no luck[\s\S]*--recreate/,
      ],
      [
        "one that is never ready",
        entry("mkdir -p /run/pet; touch /run/pet/preparing; echo waiting; exec sleep 600"),
        /not ready within 2 s.*NOT_RENEWED/,
      ],
    ] as const) {
      own(line);
      const outcome = await me.pet([stubborn, "--recreate"], { timeoutMs: 120_000 });
      expect(outcome, what).toMatchObject({ status: 1, stdout: "" });
      expect(outcome.stderr, what).toMatch(said);
      expect(await containersOf(stubborn), what).toEqual([`pet-${stubborn}-1 running`]);
      expect(await idOf(`pet-${stubborn}-1`), what).toBe(before);
    }
    terminal.key("ctrl-c");
    terminal.type("echo still $((40 + 2))\r");
    await terminal.waitFor(/^still 42$/m);

    own("RUN echo mended");
    await done([stubborn, "--recreate"]);
    expect(await idOf(`pet-${stubborn}-1`)).not.toBe(before);
    expect(await terminal.exit).toMatchObject({ signal: 0 });
    expect(await outdated(stubborn)).toEqual([[]]);
  }, 180_000);
});

describe("over a home that changes hands", () => {
  const who = "id -u; stat -c %u ~/file; cat ~/file";

  test("what runs is stopped first, which the plan says, and comes back where the new one fails", async () => {
    own();
    await done([moving, "PET_TERMINAL=renewed"]);
    await done([moving, "--", "sh", "-c", "echo kept > ~/file"]);
    await done([moving, "2", "--start"]);
    await done([moving, "PET_UID=4321", "PET_GID=4321"]);
    // Who else is in it keeps it.
    const shared = await me.pet([moving, "--recreate"]);
    expect(shared.stderr).toMatch(/HOME_SHARED[\s\S]*--recreate --all/);
    expect(await containersOf(moving)).toEqual([`pet-${moving}-1 running`, `pet-${moving}-2 running`]);

    const { stdout } = await done([moving, "--recreate", "--all", "--dry-run"]);
    expect(stdout).toContain(
      `stop pet-${moving}-1\nstop pet-${moving}-2\ngive pet-${moving}-home to uid 4321, file by file\nmake a new pet-${moving}-1`,
    );

    const before = await idOf(`pet-${moving}-1`);
    own("RUN rm /usr/lib/pet/pet-console");
    const outcome = await me.pet([moving, "--recreate", "--all"], { timeoutMs: 120_000 });
    expect(outcome.status, outcome.stderr).toBe(1);
    expect(outcome.stderr).toContain("NOT_RENEWED");
    expect(outcome.stderr).toContain(`pet-${moving}-1 runs again`);
    expect(await idOf(`pet-${moving}-1`)).toBe(before);
    expect((await done([moving, "2", "--", "sh", "-c", who])).stdout).toBe("1000\n1000\nkept\n");
    expect(await containersOf(moving)).toEqual([`pet-${moving}-1 running`, `pet-${moving}-2 running`]);

    own();
    await done([moving, "--recreate", "--all"]);
    for (const tty of ["1", "2"]) {
      expect((await done([moving, tty, "--", "sh", "-c", who])).stdout).toBe("4321\n4321\nkept\n");
    }
    expect(await containersOf(moving)).toEqual([`pet-${moving}-1 running`, `pet-${moving}-2 running`]);
  }, 180_000);
});

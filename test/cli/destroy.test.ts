/** `--destroy`: everything of one pet, nothing of any other's, and only when it is meant. */

import { beforeEach, describe, expect, test } from "vitest";
import { person } from "../support/cli.ts";
import { docker, nothing, type Things, things } from "./docker.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "doomed";
const neighbours = ["doomed-too", "doom"];
destroyAfterwards(me, name, ...neighbours);

/** The same name under another prefix is another pet. */
const other = person();
destroyAfterwards(other, name);

const whole: Things = {
  containers: [`pet-${name}-1 running`, `pet-${name}-2 exited`],
  volumes: [`pet-${name}-home`],
};

/** Its own things, and nobody's whose name only begins alike. */
async function own(): Promise<Things> {
  return await things(`^/?pet-${name}-(\\d+|home|main)(\\.lock)?$`);
}

/** A pet with a TTY that runs, one that does not, and a file in its home. */
beforeEach(async () => {
  for (const args of [
    [name, "--start"],
    [name, "2", "--start"],
    [name, "2", "--stop"],
  ]) {
    const outcome = await me.pet(args, { timeoutMs: 300_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
  await me.pet([name, "--", "sh", "-c", "echo mine > ~/kept"]);
  expect(await own()).toEqual(whole);
}, 300_000);

describe("is done only when it is meant", () => {
  test("another name typed back does nothing", async () => {
    const terminal = me.open([name, "--destroy"]);
    await terminal.waitFor("Type its name");
    terminal.type("doomde\r");
    expect(await terminal.exit).toMatchObject({ status: 2 });
    expect(terminal.screen().join("\n")).toContain("NOT_CONFIRMED");
    expect(await own()).toEqual(whole);
  });

  test("Ctrl-C at the question does nothing, and is an interruption", async () => {
    const terminal = me.open([name, "--destroy"]);
    await terminal.waitFor("Type its name");
    terminal.key("ctrl-c");
    expect(await terminal.exit).toMatchObject({ status: 130 });
    expect(await own()).toEqual(whole);
  });

  test.each([
    ["without a terminal", () => me.pet([name, "--destroy"])],
    [
      "with the name on a pipe: a script is no person",
      () => me.pet([name, "--destroy"], { input: `${name}\n` }),
    ],
  ])("%s and without --yes it is misuse, and nothing is done", async (_, run) => {
    const outcome = await run();
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("NOT_CONFIRMED");
    expect(await own()).toEqual(whole);
  });

  test("--no-input asks nothing, on a terminal either", async () => {
    const terminal = me.open([name, "--destroy", "--no-input"]);
    expect(await terminal.exit).toMatchObject({ status: 2 });
    expect(await own()).toEqual(whole);
  });

  test("--dry-run tells what would go, and asks nothing", async () => {
    const outcome = await me.pet([name, "--destroy", "--dry-run"]);
    expect(outcome.status).toBe(0);
    for (const line of [`remove pet-${name}-1`, `remove pet-${name}-2`, `remove home pet-${name}-home`])
      expect(outcome.stdout).toContain(line);
    expect(await own()).toEqual(whole);
  });
});

describe("removes", () => {
  test("every TTY, running or not, and the home, once the name was typed back", async () => {
    const terminal = me.open([name, "--destroy"]);
    await terminal.waitFor("Type its name");
    expect(terminal.screen().join("\n")).toContain(`pet-${name}-2`);
    terminal.type(`${name}\r`);
    expect(await terminal.exit, terminal.screen().join("\n")).toMatchObject({ status: 0 });
    expect(await own()).toEqual(nothing);
    expect(await me.pet([name, "--destroy", "--yes"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("NO_PET"),
    });
  });

  test("all but the home with --keep-home, and its files come back", async () => {
    const outcome = await me.pet([name, "--destroy", "--keep-home", "--yes"]);
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
    expect(await own()).toEqual({ containers: [], volumes: whole.volumes });
    const { stdout } = await me.pet([name, "2", "--", "cat", "kept"]);
    expect(stdout).toBe("mine\n");
  });

  test("a home that is all there is", async () => {
    await me.pet([name, "--destroy", "--keep-home", "--yes"]);
    expect((await me.pet([name, "--destroy", "--yes"])).status).toBe(0);
    expect(await own()).toEqual(nothing);
  });

  test("never what is another's: a name that begins alike, another prefix, a stranger's volume", async () => {
    for (const neighbour of neighbours) {
      const made = await me.pet([neighbour, "--start"]);
      expect(made, made.stderr).toMatchObject({ status: 0 });
    }
    await other.pet([name, "--config", "PET_PREFIX=other"]);
    const theirs = await other.pet([name, "--", "sh", "-c", "echo theirs > ~/kept"]);
    expect(theirs, theirs.stderr).toMatchObject({ status: 0 });
    await docker(["volume", "create", `pet-${name}-main`]);
    try {
      expect((await me.pet([name, "--destroy", "--yes"])).status).toBe(0);
      expect(await own()).toEqual({ containers: [], volumes: [`pet-${name}-main`] });
      expect(await things("^/?pet-doom-")).toEqual({
        containers: ["pet-doom-1 running"],
        volumes: ["pet-doom-home"],
      });
      expect(await things("^/?pet-doomed-too-")).toEqual({
        containers: ["pet-doomed-too-1 running"],
        volumes: ["pet-doomed-too-home"],
      });
      // Done once more it means nobody else's either.
      expect((await me.pet([name, "--destroy", "--yes"])).status).toBe(2);
      expect((await other.pet([name, "--", "cat", "kept"])).stdout).toBe("theirs\n");
    } finally {
      await docker(["volume", "rm", `pet-${name}-main`]);
      // Where there is no pet-doomed any more, the name alone would mean theirs.
      await other.pet([name, "--destroy", "--yes"]);
    }
  });

  test("it under the feet of someone attached, whose terminal is theirs again", async () => {
    const terminal = me.open([name]);
    await terminal.waitFor("$");
    expect((await me.pet([name, "--destroy", "--yes"])).status).toBe(0);
    expect(await terminal.exit).toMatchObject({ status: 125 });
    expect(terminal.screen().join("\n")).toContain("CONSOLE_LOST");
  });
});

describe("at once with others", () => {
  const fine = (code: RegExp) => ({
    ends: (outcome: { status: number | null; stderr: string }) =>
      outcome.status === 0 || code.test(outcome.stderr),
  });

  test("two of them leave nothing, and the one that comes late says why", async () => {
    const both = await Promise.all([
      me.pet([name, "--destroy", "--yes"]),
      me.pet([name, "--destroy", "--yes"]),
    ]);
    for (const outcome of both)
      expect(fine(/\[(LOCKED|NO_PET|NO_IMAGE)\]/).ends(outcome), outcome.stderr).toBe(true);
    expect(both.some(({ status }) => status === 0)).toBe(true);
    expect(await own()).toEqual(nothing);
  });

  test.each([0, 100, 300, 600])("a start %i ms later leaves a whole pet or none", async (after) => {
    const destroyed = me.pet([name, "--destroy", "--yes"]);
    await new Promise((resolve) => setTimeout(resolve, after));
    const started = await me.pet([name, "2", "--start"]);
    expect((await destroyed).status, (await destroyed).stderr).toBe(0);
    expect(fine(/\[(NO_TTY|NOT_RUNNING|NAME_TAKEN|TTY_DIED)\]/).ends(started), started.stderr).toBe(true);
    // Whatever was left is a pet like any other: it can be entered.
    const { stdout, stderr } = await me.pet([name, "2", "--", "echo", "in"]);
    expect(stdout, stderr).toBe("in\n");
  });
});

/** A TTY's life: started, stopped, restarted, left alone; and its home, which outlives it. */

import { beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../support/cli.ts";
import { docker, inspected, nothing, things } from "./docker.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "life";
const another = "afterlife";
destroyAfterwards(me, name, another);

const ours = () => things(`^/?pet-${name}-`);
const states = async () => (await ours()).containers;

async function done(args: readonly string[]): Promise<Outcome> {
  const outcome = await me.pet(args, { timeoutMs: 300_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome;
}

beforeAll(async () => {
  await done([name, "--start"]);
}, 300_000);

describe("starting", () => {
  test("is in the background, and says how to go there on standard error alone", async () => {
    const outcome = await done([name, "two", "--start"]);
    expect(outcome.stdout).toBe("");
    expect(outcome.stderr).toContain(`pet ${name} two`);
    expect(await states()).toContain(`pet-${name}-two running`);
  });

  test("what runs already is no failure, and nothing of it is made anew", async () => {
    const before = await inspected(`pet-${name}-1`);
    await done([name, "--start"]);
    const after = await inspected(`pet-${name}-1`);
    expect([after.Id, after.State.StartedAt]).toEqual([before.Id, before.State.StartedAt]);
  });

  test("gives it to the engine to be kept running, until it is stopped", async () => {
    const { HostConfig } = await inspected(`pet-${name}-1`);
    expect(HostConfig.RestartPolicy.Name).toBe("unless-stopped");
  });
});

describe("stopping", () => {
  test("keeps the container and what was written outside of the home, and is quick", async () => {
    await done([name, "--", "sh", "-c", "echo kept > /var/tmp/outside"]);
    const { Id } = await inspected(`pet-${name}-1`);
    const begun = Date.now();
    await done([name, "--stop"]);
    expect(Date.now() - begun).toBeLessThan(8_000);
    expect(await states()).toContain(`pet-${name}-1 exited`);
    expect((await me.pet([name, "--", "cat", "/var/tmp/outside"])).stdout).toBe("kept\n");
    expect((await inspected(`pet-${name}-1`)).Id).toBe(Id);
  });

  test("what is stopped already is no failure", async () => {
    await done([name, "two", "--stop"]);
    const again = await done([name, "two", "--stop"]);
    expect(again.stderr).toContain("nothing");
    await done([name, "two", "--start"]);
  });

  test("what is not there is one, and makes nothing", async () => {
    expect(await me.pet([name, "nine", "--stop"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("NO_TTY"),
    });
    expect(await me.pet(["nowhere", "--stop", "--all"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("NO_PET"),
    });
    expect(await things("nowhere")).toEqual(nothing);
  });

  test("the nearest is named where a pet is not there", async () => {
    const outcome = await me.pet([`${name}s`, "--destroy"]);
    expect(outcome.stderr).toContain(`Did you mean “${name}”?`);
  });
});

describe("every TTY", () => {
  test("is stopped, started and restarted by --all", async () => {
    await done([name, "--stop", "--all"]);
    expect(await states()).toEqual([`pet-${name}-1 exited`, `pet-${name}-two exited`]);
    await done([name, "--start", "--all"]);
    expect(await states()).toEqual([`pet-${name}-1 running`, `pet-${name}-two running`]);
    const begun = async () =>
      (await Promise.all(["1", "two"].map((tty) => inspected(`pet-${name}-${tty}`)))).map(
        ({ State }) => State.StartedAt,
      );
    const before = await begun();
    await done([name, "--restart", "--all"]);
    const after = await begun();
    expect(after.filter((at, index) => at > (before[index] ?? ""))).toHaveLength(2);
  });

  test("and one alone without it", async () => {
    const other = await inspected(`pet-${name}-two`);
    const before = await inspected(`pet-${name}-1`);
    await done([name, "--restart"]);
    const after = await inspected(`pet-${name}-1`);
    expect(after.Id).toBe(before.Id);
    expect(after.State.StartedAt > before.State.StartedAt).toBe(true);
    expect((await inspected(`pet-${name}-two`)).State.StartedAt).toBe(other.State.StartedAt);
  });
});

describe("--attach", () => {
  test.each([
    ["a TTY that was never made", [name, "nine", "--attach"], "NO_TTY"],
    ["a TTY that does not run", [name, "two", "--attach"], "NOT_RUNNING"],
  ])("of %s says so, and starts nothing", async (_, args, code) => {
    await done([name, "two", "--stop"]);
    const before = await ours();
    const terminal = me.open(args);
    expect(await terminal.exit).toMatchObject({ status: 1 });
    expect(terminal.screen().join("\n")).toContain(code);
    const command = await me.pet([...args, "--", "true"]);
    expect(command).toMatchObject({ status: 1, stderr: expect.stringContaining(code) });
    expect(await ours()).toEqual(before);
    await done([name, "two", "--start"]);
  });

  test("of one that runs is the console", async () => {
    const terminal = me.open([name, "--attach"]);
    await terminal.waitFor(`developer@pet-${name}-1`);
    terminal.key("ctrl-\\");
    expect(await terminal.exit).toMatchObject({ status: 0 });
  });
});

test.each([
  ["a command", [name, "--", "echo", "in"]],
  ["a start", [name, "--start"]],
  ["a restart", [name, "--restart"]],
])("one that the engine holds paused goes on for %s", async (_, words) => {
  await docker(["pause", `pet-${name}-1`]);
  await done(words);
  expect(await states()).toContain(`pet-${name}-1 running`);
});

test("a terminal too small for a console is told so", async () => {
  const terminal = me.open([name], { cols: 9, rows: 5 });
  expect(await terminal.exit).toMatchObject({ status: 2 });
  expect(terminal.output().toString()).toContain("TERMINAL_TOO_SMALL");
});

describe("the home", () => {
  test("is one for all TTYs, which are else apart", async () => {
    await done([name, "--", "sh", "-c", "echo shared > ~/both; echo mine > /tmp/mine"]);
    const outcome = await me.pet([name, "two", "--", "sh", "-c", "cat ~/both; ls /tmp/mine"]);
    expect(outcome.stdout).toBe("shared\n");
    expect(outcome.status).not.toBe(0);
  });

  test("outlives every container", async () => {
    await done([another, "--", "sh", "-c", "echo kept > ~/file; ln -s file ~/link; mkdir -m 0711 ~/dir"]);
    await docker(["rm", "--force", `pet-${another}-1`]);
    const { stdout } = await done([another, "--", "sh", "-c", "cat ~/link; stat -c %a ~/dir"]);
    expect(stdout).toBe("kept\n711\n");
  });

  test("keeps a person's own files where a new container lays its skeleton", async () => {
    await done([another, "--", "sh", "-c", "echo '# mine' > ~/.bashrc; rm ~/.profile"]);
    await done([another, "--destroy", "--keep-home", "--yes"]);
    const { stdout } = await done([
      another,
      "--",
      "sh",
      "-c",
      "cat ~/.bashrc; ls -A ~/.profile 2>&1 | wc -l",
    ]);
    expect(stdout).toBe("# mine\n1\n");
    expect((await me.pet([another, "--", "test", "-e", "/home/developer/.profile"])).status).toBe(1);
  });
});

test("what a person started runs on with nobody attached", async () => {
  const terminal = me.open([name, "work"]);
  await terminal.waitFor(`developer@pet-${name}-work`, 30_000);
  terminal.type("for i in 1 2 3 4 5 6; do sleep 0.5; echo $i >> ~/progress; done\r");
  await terminal.waitFor(/done *$/m);
  terminal.key("ctrl-\\");
  expect(await terminal.exit).toMatchObject({ status: 0 });
  const seen = async () => (await me.pet([name, "--", "sh", "-c", "cat ~/progress | wc -l"])).stdout.trim();
  await expect.poll(seen, { timeout: 15_000, interval: 500 }).toBe("6");
});

test("the engine takes it up again when it dies", async () => {
  // The first process inside cannot be killed from there; the one it looks after can.
  await me.pet([name, "two", "--", "pkill", "-KILL", "-f", "/usr/lib/pet/entry"]);
  await expect
    .poll(() => me.pet([name, "two", "--attach", "--", "echo", "back"]), { timeout: 30_000, interval: 300 })
    .toMatchObject({ status: 0, stdout: "back\n" });
  expect((await inspected(`pet-${name}-two`)).RestartCount).toBe(1);
});

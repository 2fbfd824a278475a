import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { bytesThrough, type Ground, outcome, run, running, workspace } from "../ground.ts";

export function doorCases(here: () => Ground): void {
  test("a door carries every byte both ways", async () => {
    const name = await running(here());
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const input = Buffer.concat([all, randomBytes(1024 * 1024), all]);
    const output = await bytesThrough(await here().engine.exec(name, ["cat"]), input);
    expect(output.equals(input)).toBe(true);
  });

  test("a door keeps standard error apart", async () => {
    const name = await running(here());
    expect(await run(here(), name, ["sh", "-c", "echo out; echo err >&2"])).toEqual({
      stdout: "out\n",
      stderr: "err\n",
      exit: 0,
    });
  });

  test.each([
    [["true"], 0],
    [["false"], 1],
    [["sh", "-c", "exit 3"], 3],
  ])("%j ends with its own status", async (argv, status) => {
    const name = await running(here());
    expect((await run(here(), name, argv)).exit).toBe(status);
  });

  test("a program that is not there ends with 126 or 127", async () => {
    const name = await running(here());
    const { exit } = await run(here(), name, ["/no/such/program"]);
    expect([126, 127]).toContain(exit);
  });

  test("arguments arrive as they are", async () => {
    const name = await running(here());
    const hostile = ["", " ", "a b", "'", '"', "$(id)", "`id`", "\\", "*", "a\nb", "-n", "ü漢👍", "%s"];
    const { stdout } = await run(here(), name, ["printf", "%s\\0", ...hostile]);
    expect(stdout.split("\0").slice(0, -1)).toEqual(hostile);
  });

  test("twenty doors at once do not mix", async () => {
    const name = await running(here());
    const inputs = Array.from({ length: 20 }, (_, index) => `${index}-`.repeat(5000));
    const outcomes = await Promise.all(inputs.map((input) => run(here(), name, ["cat"], input)));
    expect(outcomes.map(({ stdout }) => stdout)).toEqual(inputs);
  });

  test("a door shows the TTY as it was found", async () => {
    const wished = workspace(here());
    const name = await running(here(), wished);
    const door = await here().engine.exec(name, ["true"]);
    expect(door.tty).toMatchObject({ name, state: "running", labels: wished.labels });
    await outcome(door);
  });

  test("a status may be asked for late, and more than once", async () => {
    const name = await running(here());
    const door = await here().engine.exec(name, ["sh", "-c", "exit 3"]);
    door.stdin.end();
    door.stdout.resume();
    door.stderr.resume();
    await new Promise((resolve) => door.stdout.once("end", resolve));
    expect(await door.exit).toBe(3);
    expect(await door.exit).toBe(3);
  });

  test("a door that is closed ends at once, and its status is lost", async () => {
    const name = await running(here());
    const door = await here().engine.exec(name, ["sh", "-c", "sleep 5"]);
    const ended = new Promise((resolve) => door.stdout.once("end", resolve));
    door.stdout.resume();
    door.close();
    await ended;
    await expect(door.exit).rejects.toMatchObject({ code: "DOOR_LOST" });
  });

  test("there is no door into what is not there, nor into what does not run", async () => {
    const { engine } = here();
    await expect(engine.exec(workspace(here()).name, ["true"])).rejects.toMatchObject({ code: "NO_TTY" });
    const name = await running(here());
    await engine.stop(name);
    await expect(engine.exec(name, ["true"])).rejects.toMatchObject({ code: "NOT_RUNNING" });
  });
}

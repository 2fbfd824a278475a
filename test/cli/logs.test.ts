/** What a TTY's first process has logged, as people and programs read it: of what runs, of what stopped, as it comes. */

import { beforeAll, describe, expect, test } from "vitest";
import { petCommand, runToEnd } from "../support/cli.ts";
import { proxy } from "./proxy.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const line = await proxy();
const me = resident({ TZ: "Asia/Kathmandu" });
const name = "chatty";
destroyAfterwards(me, name);
recipe(me, "tiny", "");

const patience = 60_000;

async function done(words: readonly string[]): Promise<string> {
  const outcome = await me.pet(words, { timeoutMs: 120_000 });
  expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  return outcome.stdout;
}

/** Written where the first process writes. */
async function logged(line: string, tty = "1"): Promise<void> {
  await done([name, tty, "--", "sh", "-c", 'printf "%b\\n" "$0" > /proc/1/fd/1', line]);
}

beforeAll(async () => {
  await done([name, tiny, "--start"]);
  await done([name, "2", "--start"]);
  await done([name, "2", "--stop"]);
  await logged("somebody else\\033]0;title\\007");
}, 300_000);

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;

describe("--logs", () => {
  test("is a line an entry on standard output, and shows what would steer a terminal", async () => {
    const outcome = await me.pet([name, "--logs"]);
    expect(outcome).toMatchObject({ status: 0, stderr: "" });
    const lines = outcome.stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(new RegExp(`^${time}  start  user=developer  uid=1000  gid=1000$`));
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${time}  ready$`)));
    expect(lines.at(-1)).toBe("somebody else\\x1b]0;title\\x07");
  });

  test("has the time of the place on a terminal", async () => {
    const terminal = me.open([name, "--logs"]);
    expect(await terminal.exit).toMatchObject({ status: 0 });
    const shown = /(\S+ \S+) {2}ready/.exec(terminal.screen().join("\n"))?.[1] ?? "";
    const told = new RegExp(`(${time})  ready`).exec(await done([name, "--logs"]))?.[1] ?? "";
    expect(new Date(`${shown.replace(" ", "T")}+05:45`).getTime()).toBe(new Date(told).getTime());
    expect(terminal.title()).toBe("");
  });

  test("as JSON is a value a line, as it was logged", async () => {
    const lines = (await done([name, "--logs", "--json"])).trimEnd().split("\n");
    expect(lines[0]).toMatch(
      new RegExp(`^{"time":"${time}","event":"start","user":"developer","uid":1000,"gid":1000}$`),
    );
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual({ text: "somebody else\x1b]0;title\x07" });
  });

  test("tells of what has stopped, and how it did", async () => {
    expect(await done([name, "2", "--logs"])).toMatch(/ready\n.* stop {2}signal=TERM\n$/);
  });

  test("of every TTY says whose each line is", async () => {
    const lines = (await done([name, "--logs", "--all"])).trimEnd().split("\n");
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^pet-${name}-1 {2}${time} {2}ready$`)));
    expect(lines.at(-1)).toMatch(new RegExp(`^pet-${name}-2 {2}${time} {2}stop`));
    const values = (await done([name, "--logs", "--all", "--json"])).trimEnd().split("\n");
    const containers = values.map((line) => JSON.parse(line).container);
    expect(new Set(containers)).toEqual(new Set([`pet-${name}-1`, `pet-${name}-2`]));
  });

  test("of what is not there says so", async () => {
    expect(await me.pet([name, "none", "--logs"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("NO_TTY"),
    });
    expect((await me.pet(["nobody", "--logs", "--all"])).stderr).toContain("NO_PET");
  });
});

describe("--follow", () => {
  test("goes on with what comes until Ctrl-C, which is an interruption and says nothing", async () => {
    const terminal = me.open([name, "--logs", "--follow"], { cols: 120, rows: 40 });
    await terminal.waitFor("ready", patience);
    await logged("a line that came later");
    await terminal.waitFor("a line that came later", patience);
    terminal.key("ctrl-c");
    expect(await terminal.exit).toMatchObject({ status: 130, signal: 0 });
    expect(terminal.screen().join("\n")).not.toMatch(/pet:|INTERRUPTED/);
  });

  test("ends when the TTY stops, and says what to type", async () => {
    const terminal = me.open([name, "--logs", "--follow"], { cols: 120, rows: 40 });
    await terminal.waitFor("ready", patience);
    await done([name, "--stop"]);
    expect(await terminal.exit).toMatchObject({ status: 0 });
    expect(terminal.screen().join("\n")).toContain(`pet ${name} --start`);
    // Of what does not run it gives what there is, and says the same.
    const outcome = await me.pet([name, "--logs", "--follow"]);
    expect(outcome).toMatchObject({ status: 0, stdout: expect.stringMatching(/stop {2}signal=TERM\n$/) });
    expect(outcome.stderr).toContain(`pet ${name} --start`);
    await done([name, "--start"]);
  });

  test("whose line to the engine breaks is no end of the log", async () => {
    const terminal = me.open([name, "--logs", "--follow"], {
      cols: 120,
      rows: 40,
      env: { DOCKER_HOST: line.host },
    });
    await terminal.waitFor("ready", patience);
    line.cut();
    expect(await terminal.exit).toMatchObject({ status: 125 });
    expect(terminal.screen().join("\n")).toContain("[ENGINE_UNREACHABLE]");
  });

  test("of every TTY has the lines of each as they come, and ends with the last", async () => {
    await done([name, "2", "--start"]);
    const terminal = me.open([name, "--logs", "--follow", "--all"], { cols: 160, rows: 60 });
    for (const tty of ["2", "1"]) {
      await logged(`from the TTY ${tty}`, tty);
      await terminal.waitFor(`pet-${name}-${tty}  from the TTY ${tty}`, patience);
    }
    await done([name, "--stop", "--all"]);
    expect(await terminal.exit).toMatchObject({ status: 0 });
    expect(terminal.screen().join("\n")).toContain(`pet ${name} 2 --start`);
  });
});

test.each([[["--logs"]], [["--logs", "--follow"]]])(
  "a log whose reader has had enough ends quietly: %j",
  async (words) => {
    // More than a pipe holds.
    await done([name, "--", "sh", "-c", "yes | head -c 300000 > /proc/1/fd/1"]);
    const script = 'set -o pipefail; "$0" "$@" | head -n 1';
    const outcome = await runToEnd("bash", ["-c", script, petCommand, name, ...words], { env: me.env });
    expect(outcome).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringMatching(/^.* start .*\n$/),
    });
  },
);

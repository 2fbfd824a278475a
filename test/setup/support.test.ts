import { existsSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { runToEnd } from "../support/cli.ts";
import { call, hasImage } from "../support/engine/api.ts";
import { provideBaseImage } from "../support/engine/base-image.ts";
import { ownEngine, testEngine } from "../support/engine.ts";
import { leftovers } from "../support/leftovers.ts";
import { open } from "../support/pty.ts";
import { temporaryDirectory } from "../support/temporary.ts";

test("the tests' engine answers, has the base image, and is not the machine's own", async () => {
  const { socket, baseImage } = testEngine();
  expect(socket).toContain("/pet-test-");
  expect(await hasImage(socket, baseImage)).toBe(true);
});

test("an engine gets its base image without a word to any other engine", async () => {
  const socket = join(temporaryDirectory(), "other.sock");
  const spokenTo = vi.fn();
  const other = createServer((line) => {
    spokenTo();
    line.end();
  }).listen(socket);
  onTestFinished(() => void other.close());
  vi.stubEnv("DOCKER_HOST", `unix://${socket}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  await using engine = await ownEngine({ images: [] });
  expect(await provideBaseImage(engine.socket)).toBe(testEngine().baseImage);
  expect(await hasImage(engine.socket, engine.baseImage)).toBe(true);
  expect(spokenTo).not.toHaveBeenCalled();
});

test("a container of the tests' engine reaches the machine's network", async () => {
  const { dockerHost, baseImage } = testEngine();
  const outcome = await runToEnd("docker", [
    `--host=${dockerHost}`,
    "run",
    "--rm",
    baseImage,
    "apt-get",
    "update",
  ]);
  expect(outcome).toMatchObject({ status: 0, stderr: "" });
  expect(outcome.stdout).toContain("Fetched");
});

test("an own engine stops, is killed, starts again, and leaves nothing", async () => {
  const engine = await ownEngine({ images: [], size: "50m" });
  const directory = join(engine.socket, "..");
  const ping = async () => (await call(engine.socket, "GET", "/_ping")).statusCode;
  expect(await ping()).toBe(200);
  await engine.stop();
  await expect(ping()).rejects.toThrow();
  await engine.start();
  await engine.kill();
  await expect(ping()).rejects.toThrow();
  await engine.start();
  expect(await ping()).toBe(200);
  expect(statfsSync(join(directory, "data")).blocks).toBeGreaterThan(0);
  await engine.end();
  expect(existsSync(directory)).toBe(false);
});

test("what an engine has up, the look for leftovers sees, whoever runs the tests", async () => {
  await using engine = await ownEngine({ images: [] });
  const bridge = `pett${/pet-test-(\d+)-/.exec(engine.socket)?.[1]}`;
  const seen = leftovers().filter((thing) => thing.includes(bridge) || thing.includes(engine.socket));
  for (const kind of ["process", "network interface", "firewall rule"])
    expect(seen).toContainEqual(expect.stringMatching(`^${kind} `));
});

test("a terminal shows what a program writes, answers its queries and types to it", async () => {
  const terminal = open("bash", ["--norc", "--noprofile"], { cols: 60, rows: 10, env: { PS1: "ready> " } });
  await terminal.waitFor("ready>");
  terminal.type(
    "printf '\\033[31;1mred\\033[m\\033[5 q\\033[?25l\\033]0;named\\007'; IFS= read -rsd R -p $'\\033[6n' pos; echo \"$(echo -n \"$pos\" | wc -c)\"\r",
  );
  await terminal.waitFor(/red\d/);
  const red = terminal
    .cells()
    .flat()
    .find((cell) => cell.foreground === "palette 1");
  expect(red).toMatchObject({ text: "r", attributes: "bold" });
  expect(terminal.cursor()).toMatchObject({ visible: false, shape: 5 });
  expect(terminal.title()).toBe("named");
  terminal.resize(70, 12);
  terminal.type("stty size; exit 7\r");
  expect(await terminal.exit).toEqual({ status: 7, signal: 0 });
  expect(terminal.screen().join("\n")).toContain("12 70");
});

test("a terminal that waits in vain shows the screen it waited before", async () => {
  const terminal = open("sh", ["-c", "echo here I am; sleep 5"]);
  await expect(terminal.waitFor("elsewhere", 300)).rejects.toThrow(/expected elsewhere[\s\S]*here I am/);
});

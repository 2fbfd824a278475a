import { cpSync, globSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { person, runToEnd } from "../support/cli.ts";
import { temporaryDirectory } from "../support/temporary.ts";

test.each([
  [["foo", "2", "3"], 2, "TOO_MANY_WORDS"],
  [["foo", "--stauts"], 2, "Did you mean --status?"],
  [["foo", "stop"], 2, "pet foo --stop"],
  [["Foo_bar"], 2, "BAD_INSTANCE"],
  [["foo", "--"], 2, "EMPTY_COMMAND"],
  [["foo", "--config", "PET_MEMORIE=2g"], 2, "PET_MEMORY"],
  [["foo", "--config", "PET_MEMORY=lots"], 2, "BAD_VALUE"],
  [["completion", "csh"], 2, "UNKNOWN_SHELL"],
  [["alias"], 2, "NO_ALIAS"],
  [["help", "stauts"], 2, "status"],
  [["--context", "no-such-context", "status"], 2, "NO_CONTEXT"],
])("pet %j ends with %i and says %s", async (args, status, said) => {
  const outcome = await person().pet(args);
  expect(outcome.stderr).toContain(said);
  expect(outcome).toMatchObject({ status, stdout: "" });
});

test("a broken .env file is named with its line, before anything is done", async () => {
  const me = person();
  const context = await contextOf(me);
  const file = join(me.config, `.env_${context}_foo`);
  writeFileSync(file, "PET_CPUS=1\nPET_MEMORY=lots\n");
  const outcome = await me.pet(["foo", "--start"]);
  expect(outcome).toMatchObject({ status: 2, stdout: "" });
  expect(outcome.stderr).toContain(`${file}:2`);
});

test("an engine that is not there is said with what to type", async () => {
  const outcome = await person({ DOCKER_HOST: `unix://${temporaryDirectory()}/none.sock` }).pet([
    "foo",
    "--start",
  ]);
  expect(outcome.status).toBe(125);
  expect(outcome.stderr).toContain("ENGINE_UNREACHABLE");
});

test("what answers on the socket but is no engine is a failure of the engine, not a bug", async () => {
  const socket = join(temporaryDirectory(), "web.sock");
  const server = createServer((_, response) => response.writeHead(200).end("<html>hello</html>"));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  try {
    const outcome = await person({ DOCKER_HOST: `unix://${socket}` }).pet(["foo", "--", "true"]);
    expect(outcome.status).toBe(125);
    expect(outcome.stderr).not.toContain("This is a bug");
  } finally {
    server.close();
  }
});

test("--debug adds the trace, and nothing else does", async () => {
  const me = person({ DOCKER_HOST: `unix://${temporaryDirectory()}/none.sock` });
  expect((await me.pet(["foo", "--start"])).stderr).not.toContain("    at ");
  expect((await me.pet(["foo", "--start", "--debug"])).stderr).toContain("    at ");
});

test("help and version are answers, on standard output", async () => {
  const me = person();
  expect(await me.pet(["--version"])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^pet \d/),
    stderr: "",
  });
  const help = await me.pet(["--help"]);
  expect(help).toMatchObject({ status: 0, stderr: "" });
  for (const word of ["--destroy", "pet alias", "--dry-run", "-- COMMAND"])
    expect(help.stdout).toContain(word);
  expect((await me.pet(["help", "PET_MEMORY"])).stdout).toContain("PET_MEMORY");
});

test("an alias's help speaks of the alias, its container and its file", async () => {
  const me = person({ PET_ALIAS: "foo" });
  const { stdout } = await me.pet(["foo", "--help"]);
  for (const line of ["foo is your pet foo", "foo TTY", "foo -- COMMAND…", "foo --VERB…"])
    expect(stdout).toContain(line);
  expect(stdout).toContain("pet-foo-1");
  expect(stdout).toContain(join(me.config, ".env_"));
  expect(stdout).not.toContain("pet NAME");
});

test("help on a verb speaks of the alias where it was asked of one", async () => {
  const alias = person({ PET_ALIAS: "foo" });
  expect((await alias.pet(["foo", "--stop", "--help"])).stdout).toMatch(/^foo \[TTY\] --stop\n/);
  expect((await alias.pet(["foo", "put", "--help"])).stdout).toMatch(/^foo put FILE/);
  // The same variable does not make another pet's name an alias.
  expect((await alias.pet(["bar", "--stop", "--help"])).stdout).toMatch(/^pet NAME \[TTY\] --stop\n/);
  expect((await person().pet(["help", "stop"])).stdout).toMatch(/^pet NAME \[TTY\] --stop\n/);
});

/** How the tests' engine is called in file names. */
async function contextOf(me: ReturnType<typeof person>): Promise<string> {
  const { stderr } = await me.pet(["probe", "--config", "PET_CPUS=1"]);
  const [, context] = /\.env_(.*)_probe/.exec(stderr) ?? [];
  if (context === undefined) throw new Error(`no file was written: ${stderr}`);
  return context;
}

test("one that was built anew while it ran still says what was wrong, without a trace", async () => {
  const directory = join(temporaryDirectory(), "dist");
  cpSync(new URL("../../dist", import.meta.url), directory, { recursive: true });
  for (const file of globSync(join(directory, "failure-*.js"))) rmSync(file);
  const outcome = await runToEnd(process.execPath, [join(directory, "main.js"), "foo", "2", "3"], {});
  expect(outcome).toMatchObject({ status: 2, stdout: "" });
  expect(outcome.stderr).toMatch(/^pet: “3” is one word too many\. \(pet was built anew .*\)\n$/);
});

/** `--config` and `--clean`: the pet's file, asked for, set, printed and removed. No pet is made here. */

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Person, person } from "../support/cli.ts";
import type { Terminal } from "../support/pty.ts";

const name = "wishful";

/** Their only .env file, or undefined. */
function fileOf({ config }: Person): string | undefined {
  const [found] = readdirSync(config).filter((entry) => entry.endsWith(`_${name}`));
  return found === undefined ? undefined : join(config, found);
}

function textOf(me: Person): string {
  const file = fileOf(me);
  return file === undefined ? "" : readFileSync(file, "utf8");
}

const questions = [
  "Image recipe",
  "Debian packages to add",
  "Your name in git commits",
  "Your e-mail address",
  "CPUs it may use",
  "Memory it may use",
  "Directories of this machine",
  "Environment variables",
] as const;

type Answers = Readonly<Partial<Record<(typeof questions)[number], string>>>;

/** Answers the questions in their order, these by what is given, the others with Enter. Returns the questions. */
async function answer(
  terminal: Terminal,
  answers: Answers,
  asked: number = questions.length,
): Promise<string[]> {
  const lines: string[] = [];
  for (const question of questions.slice(0, asked)) {
    await terminal.waitFor(question, 20_000);
    lines.push(terminal.screen().find((line) => line.includes(question)) ?? "");
    terminal.type(`${answers[question] ?? ""}\r`);
  }
  return lines;
}

test("in a terminal it asks what matters, proposes what is there, and writes what was answered", async () => {
  const me = person();
  writeFileSync(join(me.home, ".gitconfig"), "[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n");
  const terminal = me.open([name, "--config"], { cols: 110, rows: 40 });
  const asked = await answer(terminal, { "Debian packages to add": "tree jq", "Memory it may use": "2g" });
  expect(await terminal.exit, terminal.screen().join("\n")).toMatchObject({ status: 0 });
  expect(asked[0]).toContain("debian");
  expect(asked[2]).toContain("Ada Lovelace");
  expect(asked[3]).toContain("ada@example.org");
  expect(terminal.screen().join("\n")).toContain(fileOf(me));
  expect(textOf(me)).toMatch(/^PET_PACKAGES=.*jq tree|^PET_PACKAGES=.*tree jq/m);
  expect(textOf(me)).toMatch(/^PET_MEMORY=2g$/m);
  expect(statSync(fileOf(me) ?? "").mode & 0o777).toBe(0o600);

  const again = me.open([name, "--config"], { cols: 110, rows: 40 });
  const second = await answer(again, { "Debian packages to add": "-" });
  await again.exit;
  expect(second[5]).toContain("2g");
  expect((await me.pet([name, "--config", "PET_MEMORY", "PET_PACKAGES"])).stdout).toBe(
    "PET_MEMORY=2g\nPET_PACKAGES=\n",
  );
});

test("what is wrong is said at once and asked again", async () => {
  const me = person();
  const terminal = me.open([name, "--config"], { cols: 110, rows: 40 });
  await answer(terminal, { "CPUs it may use": "several" }, 5);
  await terminal.waitFor("PET_CPUS");
  expect(fileOf(me)).toBeUndefined();
  terminal.key("ctrl-c");
  expect(await terminal.exit).toMatchObject({ status: 130 });
  expect(fileOf(me)).toBeUndefined();
});

test.each([["--config"], ["--config --no-input"], ["--config --yes"]])(
  "without a terminal `%s` is misuse: there is nobody to ask",
  async (words) => {
    const me = person();
    const outcome = await me.pet([name, ...words.split(" ")]);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("NOT_INTERACTIVE");
    expect(fileOf(me)).toBeUndefined();
  },
);

test("KEY=value sets, KEY prints, anywhere among the words", async () => {
  const me = person();
  const set = await me.pet(["PET_CPUS=1.5", name, "PET_ENV=A=1 B=two\\ words", "--config"]);
  expect(set).toMatchObject({ status: 0, stdout: "" });
  expect(await me.pet([name, "--config", "PET_CPUS"])).toMatchObject({
    status: 0,
    stdout: "1.5\n",
    stderr: "",
  });
  expect((await me.pet([name, "PET_ENV"])).stdout).toBe("A=1 B=two\\ words\n");
  expect((await me.pet([name, "PET_USER"])).stdout).toBe("developer\n");
});

test("nothing, or -, goes back to the default", async () => {
  const me = person();
  await me.pet([name, "PET_CPUS=1.5", "PET_MEMORY=1g"]);
  expect((await me.pet([name, "PET_CPUS=", "PET_MEMORY=-"])).status).toBe(0);
  expect((await me.pet([name, "PET_CPUS", "PET_MEMORY"])).stdout).toBe("PET_CPUS=0\nPET_MEMORY=0\n");
});

test("a person's comments, order and unknown keys stay as they are", async () => {
  const me = person();
  await me.pet([name, "PET_CPUS=1"]);
  const file = fileOf(me) ?? "";
  writeFileSync(file, "# mine\nMY_OWN='x y'\n\nPET_CPUS=1 # few\nexport PET_MEMORY=1g\n");
  expect((await me.pet([name, "PET_CPUS=2", "PET_PIDS=99"])).status).toBe(0);
  expect(readFileSync(file, "utf8")).toBe(
    "# mine\nMY_OWN='x y'\n\nPET_CPUS=2 # few\nexport PET_MEMORY=1g\nPET_PIDS=99\n",
  );
});

test.each([
  [["PET_MEMROY=2g"], "UNKNOWN_KEY", "PET_MEMORY"],
  [["MEMORY=2g"], "UNKNOWN_KEY", "PET_MEMORY"],
  [["PET_MEMROY"], "UNKNOWN_KEY", "PET_MEMORY"],
  [["PET_CPUS=1", "PET_MEMORY=lots"], "BAD_VALUE", "PET_MEMORY"],
  [["PET_USER=root;id"], "BAD_VALUE", "PET_USER"],
  [["PET_PREFIX=My-Own"], "BAD_VALUE", "PET_PREFIX"],
])("%j is refused as %s, and nothing is written", async (words, code, said) => {
  const me = person();
  const outcome = await me.pet([name, ...words]);
  expect(outcome).toMatchObject({ status: 2, stdout: "" });
  expect(outcome.stderr).toContain(code);
  expect(outcome.stderr).toContain(said);
  expect(fileOf(me)).toBeUndefined();
});

test("--clean removes the file and nothing beside it", async () => {
  const me = person();
  await me.pet([name, "PET_CPUS=1"]);
  await me.pet([`${name}2`, "PET_CPUS=1"]);
  writeFileSync(join(me.config, "notes"), "mine");
  expect(await me.pet([name, "--clean"])).toMatchObject({ status: 0, stdout: "" });
  expect(fileOf(me)).toBeUndefined();
  expect(readdirSync(me.config)).toHaveLength(2);
  expect((await me.pet([name, "--clean"])).status).toBe(0);
});

test("a directory that does not exist yet is made for its owner alone", async () => {
  const me = person();
  const directory = join(me.home, "new", "place");
  await me.pet([name, "PET_CPUS=1"], { env: { PET_CONFIG_HOME: directory } });
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  const [file = ""] = readdirSync(directory);
  expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
});

test("the XDG directory counts where PET_CONFIG_HOME is not set", async () => {
  const me = person();
  const xdg = join(me.home, "xdg");
  await me.pet([name, "PET_CPUS=1"], { env: { PET_CONFIG_HOME: undefined, XDG_CONFIG_HOME: xdg } });
  expect(readdirSync(join(xdg, "pet"))).toHaveLength(1);
});

test("a context's name cannot leave the directory", async () => {
  const me = person();
  const host = `unix://${me.home}/../${"a".repeat(30)}/x.sock`;
  expect((await me.pet([name, "PET_CPUS=1"], { env: { DOCKER_HOST: host } })).status).toBe(0);
  expect(readdirSync(me.config)).toHaveLength(1);
});

test("a file in the way of the directory is said, and is no bug", async () => {
  const me = person();
  const file = join(me.home, "file");
  writeFileSync(file, "");
  const outcome = await me.pet([name, "PET_CPUS=1"], { env: { PET_CONFIG_HOME: join(file, "pet") } });
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toContain("a part of its path is no directory");
  expect(outcome.stderr).not.toContain("bug");
  expect(existsSync(join(me.config, "pet"))).toBe(false);
});

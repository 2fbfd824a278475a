import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Invocation, parse } from "../../../src/cli/parse.ts";
import { commands, options, petCommands, verbs } from "../../../src/cli/tables.ts";
import { PetError } from "../../../src/pet/errors.ts";

/** An invocation in one line, so that a case is a line. */
function brief(invocation: Invocation): string {
  const flags = [...invocation.given.flags].map((flag) => `+${flag}`);
  const values = Object.entries(invocation.given.values).map(([name, value]) => `${name}=${value}`);
  if (invocation.kind === "overview") return ["overview", ...flags, ...values].join(" ");
  if (invocation.kind === "command")
    return ["command", invocation.name, ...invocation.words, ...flags, ...values].join(" ");
  if (invocation.kind === "pet-command")
    return [invocation.instance, "!", invocation.name, ...invocation.words, ...flags, ...values].join(" ");
  const keys = invocation.keys.map(({ key, value }) => (value === undefined ? `${key}?` : `${key}:${value}`));
  const verbWords = [...invocation.verbs].map((verb) => `--${verb}`);
  const command = invocation.command === undefined ? [] : ["$", ...invocation.command];
  return [invocation.instance, invocation.tty, ...verbWords, ...keys, ...flags, ...values, ...command].join(
    " ",
  );
}

function outcome(line: string): string {
  try {
    return brief(parse(line === "" ? [] : line.split(" ")));
  } catch (error) {
    if (error instanceof PetError) return `${error.code} ${error.exit}`;
    throw error;
  }
}

describe("an invocation is read by one grammar", () => {
  test.each([
    ["", "overview"],
    ["--context far", "overview context=far"],
    ["foo", "foo 1"],
    ["foo 2", "foo 2"],
    ["2 2", "2 2"],
    ["foo --build --start", "foo 1 --build --start"],
    ["--start foo 2", "foo 2 --start"],
    ["foo -start", "foo 1 --start"],
    ["foo --stop --all", "foo 1 --stop +all"],
    ["foo --config", "foo 1 --config"],
    ["foo --config PET_MEMORY=2g PET_CPUS", "foo 1 --config PET_MEMORY:2g PET_CPUS?"],
    ["PET_CPUS=2 foo", "foo 1 --config PET_CPUS:2"],
    ["foo PET_ENV=", "foo 1 --config PET_ENV:"],
    ["foo --config PET_ENV=A=b", "foo 1 --config PET_ENV:A=b"],
    ["foo -- make test", "foo 1 $ make test"],
    ["foo -n -- cat", "foo 1 +no-stdin $ cat"],
    ["foo -- ls --all -- -n", "foo 1 $ ls --all -- -n"],
    ["foo --start -- true", "foo 1 --start $ true"],
    ["foo --context far --status --json", "foo 1 --status +json context=far"],
    ["foo --context=far", "foo 1 context=far"],
    ["foo --destroy --keep-home -y", "foo 1 --destroy +keep-home +yes"],
    ["status", "command status"],
    ["ls --json", "command ls +json"],
    ["alias foo baz --install", "command alias foo baz +install"],
    ["completion bash", "command completion bash"],
    ["doctor --json --context far", "command doctor +json context=far"],
    ["help PET_MEMORY", "command help PET_MEMORY"],
    ["--help", "command help +help"],
    ["-h", "command help +help"],
    ["foo 2 --version", "command version +version"],
    ["foo -V -- true", "command version +version"],
    ["--version", "command version +version"],
    ["-V", "command version +version"],
    ["foo --help", "foo 1 +help"],
    ["foo --build --help", "foo 1 --build +help"],
    ["alias --help", "command alias +help"],
    ["foo edit", "foo ! edit"],
    ["edit foo", "foo ! edit"],
    ["--context far edit foo", "foo ! edit context=far"],
    ["foo edit --dry-run", "foo ! edit +dry-run"],
    ["foo edit --help", "command help edit +help"],
    ["edit -h", "command help edit +help"],
    ["help edit", "command help edit"],
    ["help --recreate", "command help recreate"],
  ])("pet %s → %s", (line, expected) => {
    expect(outcome(line)).toBe(expected);
  });
});

describe("what is no invocation is a coded misuse", () => {
  test.each([
    ["foo 2 3", "TOO_MANY_WORDS 2"],
    ["Foo!", "BAD_INSTANCE 2"],
    ["-foo", "UNKNOWN_FLAG 2"],
    ["foo --stauts", "UNKNOWN_FLAG 2"],
    ["foo --doctor", "UNKNOWN_FLAG 2"],
    ["foo stop", "WORD_IS_VERB 2"],
    ["stop", "WORD_IS_VERB 2"],
    ["portal", "RESERVED_NAME 2"],
    ["foo doctor", "RESERVED_NAME 2"],
    ["foo a-b", "BAD_TTY 2"],
    ["foo-", "BAD_INSTANCE 2"],
    [`${"a".repeat(29)}`, "BAD_INSTANCE 2"],
    [`foo ${"a".repeat(14)}`, "BAD_TTY 2"],
    ["foo --context", "VALUE_MISSING 2"],
    ["foo --context --start", "VALUE_MISSING 2"],
    ["foo --start=yes", "VALUE_UNWANTED 2"],
    ["foo --all", "FLAG_WITHOUT_VERB 2"],
    ["foo --status --keep-home", "FLAG_WITHOUT_VERB 2"],
    ["foo -n", "FLAG_WITHOUT_VERB 2"],
    ["foo --install", "FLAG_WITHOUT_VERB 2"],
    ["foo --stop --start", "VERBS_CLASH 2"],
    ["foo --destroy --start", "VERBS_CLASH 2"],
    ["foo --destroy -- true", "VERBS_CLASH 2"],
    ["foo --clean PET_CPUS=2", "VERBS_CLASH 2"],
    ["foo --logs --attach", "VERBS_CLASH 2"],
    ["foo --logs -- true", "VERBS_CLASH 2"],
    ["foo --destroy --logs", "VERBS_CLASH 2"],
    ["foo --start --follow", "FLAG_WITHOUT_VERB 2"],
    ["foo --start --sizes", "FLAG_WITHOUT_VERB 2"],
    ["prune --all", "FLAG_WITHOUT_VERB 2"],
    ["prune --stop", "UNKNOWN_FLAG 2"],
    ["foo --", "EMPTY_COMMAND 2"],
    ["edit", "NO_INSTANCE 2"],
    ["foo edit bar", "TOO_MANY_WORDS 2"],
    ["edit edit", "RESERVED_NAME 2"],
    ["edit stop", "RESERVED_NAME 2"],
    ["PET_CPUS=2 foo edit", "TOO_MANY_WORDS 2"],
    ["foo --start edit", "VERBS_CLASH 2"],
    ["foo edit --keep-home", "FLAG_WITHOUT_VERB 2"],
    ["foo edit -- vi", "COMMAND_TAKES_NO_DASHES 2"],
    ["foo --edit", "UNKNOWN_FLAG 2"],
    ["-- true", "NO_INSTANCE 2"],
    ["--start", "NO_INSTANCE 2"],
    ["status -- true", "COMMAND_TAKES_NO_DASHES 2"],
    ["status --start", "UNKNOWN_FLAG 2"],
    ["status PET_CPUS=2", "TOO_MANY_WORDS 2"],
  ])("pet %s → %s", (line, expected) => {
    expect(outcome(line)).toBe(expected);
  });

  test("the nearest flag is named", () => {
    expect(() => parse(["foo", "--stauts"])).toThrow("Did you mean --status?");
    expect(() => parse(["foo", "--alias"])).toThrow("Did you mean: pet alias");
  });

  test.each([
    ["foo putt a b", "Did you mean: pet NAME put FILE… [DEST]"],
    ["foo 2 3", "pet NAME [TTY] [--verb…]; a command to run inside follows after --"],
    ["foo push A B", "Write: pet foo push REGISTRY/PATH[:TAG]"],
    ["foo help put", "Did you mean: pet help [WORD]"],
    ["status PET_CPUS=2", "Write: pet status"],
  ])("a word too many is answered with what is to be written: %s", (line, hint) => {
    expect(() => parse(line.split(" "))).toThrow(expect.objectContaining({ hint }));
  });

  test("a verb without its dashes is named with them", () => {
    expect(() => parse(["foo", "stop"])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("pet foo --stop") }),
    );
  });
});

test("every word of the tables is read as itself", () => {
  for (const { name } of verbs) expect(outcome(`foo --${name}`)).toBe(`foo 1 --${name}`);
  for (const { name } of commands) expect(outcome(name)).toBe(`command ${name}`);
  for (const { name, least } of petCommands) {
    const words = Array.from({ length: least }, (_, at) => `WORD${at}`).join(" ");
    const read = `foo ! ${name} ${words}`.trimEnd();
    expect(outcome(`foo ${name} ${words}`.trimEnd())).toBe(read);
    expect(outcome(`${name} foo ${words}`.trimEnd())).toBe(read);
  }
  for (const row of options) expect(outcome(`foo --${row.name}`)).not.toContain("UNKNOWN_FLAG");
});

test("whatever is typed is read or refused by a code, and what follows -- is handed on untouched", () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom("foo", "--start", "-n", "KEY=v", "--context", "2", "status"),
  );
  fc.assert(
    fc.property(fc.array(word), fc.array(fc.string()), (head, command) => {
      try {
        const cut = head.filter((one) => one !== "--");
        const read = parse([...cut, "--", ...command]);
        if (read.kind === "pet") expect(read.command).toEqual(command);
      } catch (error) {
        expect(error).toBeInstanceOf(PetError);
      }
    }),
  );
});

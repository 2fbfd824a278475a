/** A person's files are replaced as wholes: whoever reads one finds the old bytes or the new, at every moment. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { linkSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { type Outcome, type Person, person, petCommand, runToEnd } from "../support/cli.ts";

const name = "wholly";

interface Case {
  readonly file: (me: Person) => string;
  /** Writes one of two contents, by turns; both are long. */
  readonly write: (me: Person, turn: number) => readonly string[];
}

const long = "x".repeat(50_000);

const cases: readonly (readonly [string, Case])[] = [
  [
    "a .env file",
    {
      file: ({ config }) =>
        join(config, readdirSync(config).find((entry) => entry.endsWith(`_${name}`)) ?? ""),
      write: (_, turn) => [name, `PET_ENV=A=${turn % 2 === 0 ? long : `${long}${long}`}`],
    },
  ],
  [
    "the start-up file",
    {
      file: ({ home }) => join(home, ".bashrc"),
      write: (_, turn) => ["alias", turn % 2 === 0 ? "--install" : "--uninstall", name],
    },
  ],
];

describe.each(cases)("%s", (_, { file, write }) => {
  async function prepared() {
    const me = person();
    writeFileSync(join(me.home, ".bashrc"), `# ${long}\n`);
    const turn = async (at: number): Promise<Outcome> => await me.pet(write(me, at));
    expect((await turn(0)).status).toBe(0);
    return { me, path: file(me), turn };
  }

  test("is another file after a change; the one before is as it was, for those who have it open", async () => {
    const { me, path, turn } = await prepared();
    const witness = join(me.home, "witness");
    linkSync(path, witness);
    const before = readFileSync(path);
    expect((await turn(1)).status).toBe(0);
    expect(readFileSync(path).equals(before)).toBe(false);
    expect(readFileSync(witness).equals(before)).toBe(true);
    expect(statSync(path).ino).not.toBe(statSync(witness).ino);
  });

  test("is there, and whole, whenever it is read", async () => {
    const { me, path, turn } = await prepared();
    const stop = join(me.home, "stop");
    const reading = `
      until (-e $ARGV[1]) {
        if (open my $file, "<", $ARGV[0]) { local $/; $seen{length(<$file>) // 0}++ } else { $seen{"not there"}++ }
      }
      print join ",", sort keys %seen`;
    const reader = spawn("perl", ["-e", reading, path, stop], { stdio: ["ignore", "pipe", "inherit"] });
    const lengths = new Set([statSync(path).size]);
    for (let at = 1; at <= 10; at++) {
      expect((await turn(at)).status).toBe(0);
      lengths.add(statSync(path).size);
    }
    writeFileSync(stop, "");
    const [seen] = await Promise.all([text(reader.stdout), once(reader, "close")]);
    expect(lengths.size).toBe(2);
    expect(seen.split(",").filter((length) => !lengths.has(Number(length)))).toEqual([]);
  });

  test("stays as it was where the new one cannot be written to its end, and nothing is left beside it", async () => {
    const { me, path, turn } = await prepared();
    const before = readFileSync(path);
    const beside = readdirSync(join(path, ".."));
    const limited = ["-c", 'ulimit -f 16; exec "$0" "$@"', petCommand, ...write(me, 1)] as const;
    const outcome = await runToEnd("bash", limited, { env: me.env });
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain("FILE_UNWRITABLE");
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(path, ".."))).toEqual(beside);
    expect((await turn(1)).status).toBe(0);
  });
});

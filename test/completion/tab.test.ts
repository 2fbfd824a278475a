import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Terminal } from "../support/pty.ts";
import { homeWithPets, interactive } from "./shell.ts";

const package_ = "/usr/share/bash-completion/bash_completion";
const shells = [
  ["bare bash", ""],
  ["bash without word breaks", "COMP_WORDBREAKS=$' \\t\\n'"],
  ["bash with set -u", "set -u"],
  ...(existsSync(package_) ? [["bash with the bash-completion package", `source ${package_}`] as const] : []),
] as const;

/** Types a line with Tabs in it, presses Enter, and gives what the pet in pet's place was called with. */
async function entered(terminal: Terminal, line: string): Promise<string> {
  for (const part of line.split(/(\t)/)) {
    terminal.type(part);
    await terminal.quiet(60);
  }
  terminal.key("enter");
  await terminal.waitFor(/^<.*>$/m);
  return terminal.screen().findLast((row) => /^<.*>$/.test(row)) ?? "";
}

describe.each(shells)("Tab in %s", (_, rc) => {
  test.each([
    ["pet fo\t", "<><foo>"],
    ["pet far\t--sto\t", "<><far-away><--stop>"],
    ["foo w\t--stat\t", "<foo><foo><work><--status>"],
    ["foo PET_TERM\t=mi\t", "<foo><foo><PET_TERMINAL=mine>"],
    ["foo PET_READ_ONLY=f\t", "<foo><foo><PET_READ_ONLY=false>"],
    ["pet --context kube:p\tfar\t", "<><--context><kube:prod><far-away>"],
    ["pet --context=kube:p\tfar\t", "<><--context=kube:prod><far-away>"],
    ["foo -- cat no\t", "<foo><foo><--><cat><notes.txt>"],
    ["foo -- sha256su\tno\t", "<foo><foo><--><sha256sum><notes.txt>"],
  ])("completes %j", async (line, expected) => {
    const terminal = await interactive(homeWithPets(), rc);
    expect(await entered(terminal, line)).toBe(expected);
  });

  test("lists what there is, and runs no name", async () => {
    const home = homeWithPets();
    const terminal = await interactive(home, rc);
    terminal.type("pet \t\t");
    for (const name of ["far-away", "foo", "bar", "last", "status", "alias"]) await terminal.waitFor(name);
    expect(terminal.screen().join("\n")).not.toMatch(/PWNED|bash:/);
    expect([...readdirSync(home), ...readdirSync(join(home, "work"))]).not.toContain("PWNED");
  });
});

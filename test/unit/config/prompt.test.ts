import { describe, expect, test } from "vitest";
import { open } from "../../support/pty.ts";

const program = new URL("programs/ask.ts", import.meta.url).pathname;

function asking(...keys: string[]) {
  return open(process.execPath, [program, keys.join(",")], { cols: 110 });
}

describe("--config in a terminal", () => {
  test("takes on Enter what it proposes, blank on -, and what is typed", async () => {
    const terminal = asking("PET_TERMINAL", "PET_PACKAGES", "PET_GIT_NAME", "PET_MEMORY");
    await terminal.waitFor(/Image recipe: .*debian/);
    terminal.key("enter");
    await terminal.waitFor(/Debian packages to add, as ripgrep/);
    terminal.type("jq\r");
    await terminal.waitFor(/Your name in git commits: .*Ada/);
    terminal.type("-\r");
    await terminal.waitFor(/Memory .*: .*1g/);
    terminal.key("enter");
    const all = '{"PET_TERMINAL":"debian","PET_PACKAGES":"jq","PET_GIT_NAME":"","PET_MEMORY":"1g"}';
    await terminal.waitFor(all);
    expect((await terminal.exit).status).toBe(0);
  });

  test("says what is wrong with an answer, and lets it be mended", async () => {
    const terminal = asking("PET_MEMORY");
    await terminal.waitFor(/Memory/);
    terminal.type("lots\r");
    await terminal.waitFor(/PET_MEMORY must be an amount/);
    terminal.key("ctrl-u");
    terminal.type("2g\r");
    await terminal.waitFor('{"PET_MEMORY":"2g"}');
    expect((await terminal.exit).status).toBe(0);
  });

  test("does not show a secret that is there, and keeps it on Enter", async () => {
    const terminal = asking("PET_ENV");
    await terminal.waitFor(/Enter keeps it/);
    terminal.key("enter");
    await terminal.waitFor("{}");
    expect((await terminal.exit).status).toBe(0);
    expect(terminal.output().toString()).not.toContain("hunter2");
  });

  test("does not leave a secret that was typed on the screen", async () => {
    const terminal = asking("PET_ENV", "PET_MEMORY");
    await terminal.waitFor(/Memory/);
    terminal.key("enter");
    await terminal.waitFor(/Enter keeps it/);
    terminal.type("TOKEN=swordfish");
    await terminal.waitFor("swordfish");
    terminal.key("enter");
    await terminal.waitFor(/it\): \(not shown\)/);
    await terminal.waitFor('"PET_ENV":"TOKEN=swordfish"');
  });

  test("changes nothing on Ctrl-C, with status 130", async () => {
    const terminal = asking("PET_TERMINAL", "PET_MEMORY");
    await terminal.waitFor(/Image recipe/);
    terminal.key("enter");
    await terminal.waitFor(/Memory/);
    terminal.key("ctrl-c");
    await terminal.waitFor("CANCELLED");
    expect((await terminal.exit).status).toBe(130);
  });
});

/** Settings of the console that a workspace has to heed: its shell, and how much of its output is kept. */

import { beforeAll, describe, expect, test } from "vitest";
import { detach } from "./consoles.ts";
import { recipe, tiny } from "./recipes.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "chosen";
destroyAfterwards(me, name);
recipe(me, "tiny", "");

beforeAll(async () => {
  for (const words of [[tiny, "PET_SHELL=/bin/dash", "PET_SCROLLBACK=64k"], ["--start"]]) {
    const outcome = await me.pet([name, ...words], { timeoutMs: 120_000 });
    expect(outcome, outcome.stderr).toMatchObject({ status: 0 });
  }
}, 300_000);

describe("PET_SHELL", () => {
  test("is the console's login shell", async () => {
    const terminal = me.open([name]);
    await terminal.waitFor(/\$ *$/m);
    terminal.type('echo "<$0 $SHELL> <$(readlink /proc/$$/exe)>"\r');
    await terminal.waitFor("<-dash /bin/dash> </usr/bin/dash>");
    await detach(terminal);
  });

  test("is what reads a script", async () => {
    const { stdout } = await me.pet([name], { input: "readlink /proc/$$/exe\n" });
    expect(stdout).toBe("/usr/bin/dash\n");
  });

  test("is the person's own in the list of users", async () => {
    const { stdout } = await me.pet([
      name,
      "--",
      "sh",
      "-c",
      "getent passwd $(id -u) || cat /run/extrausers/passwd",
    ]);
    expect(stdout.trim()).toMatch(/:\/bin\/dash$/);
  });
});

describe("PET_SCROLLBACK", () => {
  test("is how much of what nobody watched is there on return: that much, and the newest", async () => {
    const lines = 50_000;
    const first = me.open([name, "log"]);
    await first.waitFor(/\$ *$/m, 30_000);
    first.type(
      `until [ -e /tmp/go ]; do sleep 0.1; done; seq -f 'line %05.0f' 1 ${lines}; touch /tmp/gone\r`,
    );
    await first.waitFor(/gone *$/m);
    await detach(first);
    const alone = "touch /tmp/go; until [ -e /tmp/gone ]; do sleep 0.1; done";
    expect((await me.pet([name, "log", "--", "sh", "-c", alone])).status).toBe(0);
    const back = me.open([name, "log"]);
    await back.waitFor(`line ${lines}`);
    const seen = [...back.scrolled(), ...back.screen()].flatMap(
      (line) => /^line (\d+)$/.exec(line)?.[1] ?? [],
    );
    // A line is twelve bytes in the log.
    const kept = seen.length * 12;
    expect(kept).toBeGreaterThan(0.8 * 64 * 1024);
    expect(kept).toBeLessThanOrEqual(64 * 1024);
    expect(seen).toEqual(
      Array.from({ length: seen.length }, (_, at) => String(lines - seen.length + 1 + at)),
    );
    await detach(back);
  });
});

/** Several people in one console. */

import { describe, expect, test } from "vitest";
import type { Terminal } from "../support/pty.ts";
import { consolesOf, detach } from "./consoles.ts";

const name = "pair";
const { me, prompt, attached } = consolesOf(name);

describe("two people at once", () => {
  test("the last to type has the size; the other sees a picture that fits, and never garbage", async () => {
    const wide = await attached("pair", { cols: 100, rows: 30 });
    wide.type("clear; vim -u NONE -N -c 'set number' /etc/passwd\r");
    await wide.waitFor("root:");
    const small = me.open([name, "pair"], { cols: 60, rows: 20 });
    await small.waitFor("root:");
    const part = (terminal: Terminal) =>
      terminal
        .screen()
        .slice(0, 15)
        .map((line) => line.slice(0, 60).trimEnd());
    await expect.poll(() => part(small), { timeout: 10_000 }).toEqual(part(wide));
    small.type("j");
    // Drawn anew for sixty columns, a line is too long for one row.
    await small.waitFor(/^ +login$/m);
    small.type(":echo winwidth(0)\r");
    await small.waitFor(/^60$/m);
    await expect.poll(() => part(wide), { timeout: 10_000 }).toEqual(part(small));
    await detach(small);
    wide.type(":q!\r");
    await wide.waitFor(prompt("pair"));
    await detach(wide);
  });

  test("status names them", async () => {
    const one = await attached("named");
    const { stdout } = await me.pet([name, "--status", "--json"]);
    const status = JSON.parse(stdout);
    const tty = status.ttys.find((row: { tty: string }) => row.tty === "named");
    expect(tty.attached).toHaveLength(1);
    expect(tty.attached[0].who).toMatch(/.+@.+/);
    await detach(one);
  });

  test("one that hangs stalls nobody", async () => {
    const [one, two] = [await attached("hang"), me.open([name, "hang"])];
    await two.waitFor(prompt("hang"));
    two.hang();
    one.type("seq 1 400000; echo END\r");
    await one.waitFor(/^END$/m, 20_000);
    two.resume();
    await two.waitFor(/^END$/m, 10_000);
    await detach(one);
    await detach(two);
  });
});

/** The keys that detach, in every way a terminal sends them. */

import { describe, expect, test } from "vitest";
import { consolesOf, detach } from "./consoles.ts";

const name = "keys";
const { me, prompt, attached } = consolesOf(name);

describe("detaching", () => {
  test.each([
    ["as a control character", "\x1c"],
    ["in the kitty protocol", "\x1b[92;5u"],
    ["as modifyOtherKeys sends it", "\x1b[27;5;92~"],
  ])("%s", async (_, bytes) => {
    const terminal = await attached("keys");
    terminal.type(bytes);
    expect(await terminal.exit).toMatchObject({ status: 0 });
  });

  test("never inside a paste; pressed twice the key goes through", async () => {
    const terminal = await attached("paste");
    terminal.type("stty quit undef; clear; echo ready; cat -v\r");
    await terminal.waitFor(/^ready$/m);
    terminal.type("\x1b[200~in\x1cside\x1b[201~\r");
    await terminal.waitFor("in^\\side");
    terminal.type("\x1c\x1c");
    // As the terminal's echo, and then as what the program has read.
    await terminal.waitFor(/^\^\\$/m);
    terminal.type("\r");
    await terminal.waitFor(/^\^\\\n\^\\$/m);
    terminal.key("ctrl-c");
    await detach(terminal);
  });

  test("the keys are the person's to choose", async () => {
    const terminal = me.open([name, "chosen"]);
    await terminal.waitFor(prompt("chosen"), 30_000);
    await detach(terminal);
    const set = await me.pet([name, "--config", "PET_DETACH_KEYS=ctrl-p,ctrl-q"]);
    expect(set.status).toBe(0);
    const again = me.open([name, "chosen"]);
    await again.waitFor(prompt("chosen"));
    again.type("\x10\x11");
    expect(await again.exit).toMatchObject({ status: 0 });
    await me.pet([name, "--clean"]);
  });
});

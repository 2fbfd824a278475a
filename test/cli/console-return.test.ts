/** Coming back to what was left: the screen, what was printed meanwhile, and nothing said twice. */

import { describe, expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { open } from "../support/pty.ts";
import { consolesOf, detach, expectPicture, picture } from "./consoles.ts";

const name = "back";
const { me, prompt, attached } = consolesOf(name);

describe("coming back", () => {
  test("shows the same screen, and says how to come back", async () => {
    const first = await attached("same");
    first.type("echo one; printf '\\e[1;3;31mbold\\e[0m %s\\n' 漢字\r");
    await first.waitFor(/^bold 漢字\n.*\$ *$/m);
    const before = picture(first);
    await detach(first);
    expect(first.screen().join("\n")).toContain(
      `detached from ${name} same; come back with: pet ${name} same`,
    );
    const second = me.open([name, "same"]);
    await second.waitFor("bold 漢字");
    await expectPicture(second, before);
    await detach(second);
  });

  test("under an alias it is the alias that one comes back with", async () => {
    const terminal = me.open([name, "called"], { env: { PET_ALIAS: name } });
    await terminal.waitFor(prompt("called"), 30_000);
    await detach(terminal);
    expect(terminal.screen()).toContain(`detached from ${name} called; come back with: ${name} called`);
    const first = me.open([name], { env: { PET_ALIAS: name } });
    await first.waitFor(prompt("1"), 30_000);
    await detach(first);
    expect(first.screen()).toContain(`detached from ${name} 1; come back with: ${name}`);
  });

  test("brings what was printed meanwhile, into the terminal's own scrollback", async () => {
    const first = await attached("meanwhile");
    first.type(
      "clear; (until [ -e /tmp/go ]; do sleep 0.1; done; seq -f 'line %g' 1 300; touch /tmp/gone) &\r",
    );
    await first.waitFor(/^\[1\]/m);
    await detach(first);
    const alone = "touch /tmp/go; until [ -e /tmp/gone ]; do sleep 0.1; done";
    expect((await me.pet([name, "meanwhile", "--", "sh", "-c", alone])).status).toBe(0);
    const second = me.open([name, "meanwhile"]);
    await second.waitFor("line 300");
    const all = [...second.scrolled(), ...second.screen()].flatMap((line) => /line \d+$/.exec(line) ?? []);
    expect(all).toEqual(Array.from({ length: 300 }, (_, index) => `line ${index + 1}`));
    await detach(second);
  });

  test("finds what was there on the person's own screen scrolled up, not cleared", async () => {
    const command = `echo 'mine before'; '${petCommand}' ${name} own`;
    const terminal = open("bash", ["--norc", "-c", command], { env: me.env });
    await terminal.waitFor(prompt("own"), 30_000);
    await detach(terminal);
    const again = open("bash", ["--norc", "-c", command], { env: me.env });
    await again.waitFor(prompt("own"));
    expect([...again.scrolled(), ...again.screen()].join("\n")).toContain("mine before");
    await detach(again);
  });

  test("after exit opens a fresh shell, and exit's status is pet's", async () => {
    const first = await attached("fresh");
    first.type("marker=old; exit 9\r");
    expect(await first.exit).toMatchObject({ status: 9 });
    const second = await attached("fresh");
    second.type('echo "<$marker>"\r');
    await second.waitFor("<>");
    second.type("exit\r");
    expect(await second.exit).toMatchObject({ status: 0 });
  });
});

test("queries are answered once, and not again on return", async () => {
  const terminal = await attached("query");
  terminal.type("clear; printf '\\e[6n\\e[c'; IFS= read -rsn 30 -t 2 x; printf '%q\\n' \"$x\"\r");
  await terminal.waitFor(/\$'.*\\E\[/);
  // What came too late for the program would show at the prompt.
  await terminal.quiet(500);
  const text = terminal.screen().join("\n");
  expect(text.match(/R/g)).toHaveLength(1);
  expect(text.match(/\dc/g)).toHaveLength(1);
  await detach(terminal);
  const back = me.open([name, "query"]);
  await back.waitFor(prompt("query"));
  await back.quiet(500);
  expect(back.answers()).toEqual([]);
  await detach(back);
});

describe("what a program puts on the person's clipboard (OSC 52)", () => {
  const copied = Buffer.from("copied text").toString("base64");
  const count = (output: Buffer) => output.toString("latin1").split(`\x1b]52;c;${copied}\x07`).length - 1;
  // In two parts, so that the shell's echo of the line is not taken for it.
  const copy = `printf '\\e]52;c;%s\\a' ${copied.slice(0, 4)}'${copied.slice(4)}'; echo copied''-now`;

  test("gets there as it is, once, and is not put there again on return", async () => {
    const terminal = await attached("clipboard");
    terminal.type(`${copy}\r`);
    await terminal.waitFor(/^copied-now$/m);
    expect(count(terminal.output())).toBe(1);
    await detach(terminal);
    const back = me.open([name, "clipboard"]);
    await back.waitFor(/^copied-now$/m);
    await back.quiet(300);
    expect(back.output().includes("\x1b]52")).toBe(false);
    back.type("clear\r");
    await back.waitFor((seen) => !seen.screen().join("\n").includes("copied-now"));
    back.type(`${copy}\r`);
    await back.waitFor(/^copied-now$/m);
    expect(count(back.output())).toBe(1);
    await detach(back);
  });
});

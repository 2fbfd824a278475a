/** A screen on return is, cell by cell, the one of the same program under a plain `docker exec -it`. */

import { expect, test } from "vitest";
import type { Sought, Terminal } from "../support/pty.ts";
import { consolesOf, detach, expectPicture, expectSame, picture } from "./consoles.ts";

const name = "alike";
const { me, attached, plain } = consolesOf(name);

const long = "/tmp/long.txt";
/** Its word on the file it read goes as soon as something makes it draw anew: an answer of the terminal that comes late, say. */
const vim = "vim -n -u NONE -N --cmd 'set shortmess+=F'";

/** What is typed, and what shows that it has been taken in: a key that comes too early is another key. */
type Step = readonly [typed: string, shown: Sought];

const at =
  (row: number, column: number) =>
  ({ cursor }: Terminal) =>
    cursor().row === row && cursor().column === column;

const programs: readonly (readonly [program: string, steps: readonly Step[]])[] = [
  [
    "vim",
    [
      [`${vim} -c 'set number hlsearch nomodeline title' -c '/7' ${long}\r`, at(6, 4)],
      ["5j", at(11, 4)],
      ["3l", at(11, 7)],
    ],
  ],
  [
    "less",
    [
      [`less -N ${long}\r`, "23 line 23 of"],
      [" ", "46 line 46 of"],
      ["/33\r", /^ +33 line 33 of/],
    ],
  ],
  [
    "htop",
    [
      // Its usual meters show other figures each time.
      [
        "printf 'htop_version=3\\nheader_layout=one_100\\ncolumn_meters_0=Hostname\\ncolumn_meter_modes_0=2\\n' > /tmp/rc; HTOPRC=/tmp/rc htop -d 900 -p 1\r",
        "F10Quit",
      ],
      ["\x1bOQ", "Categories"],
    ],
  ],
  [
    "readline",
    [
      ["PS1='> '; clear\r", /^> *\n+$/],
      ["echo a long line that is being edited", at(0, 39)],
      ["\x01", at(0, 2)],
      ["\x1b[C\x1b[C", at(0, 4)],
    ],
  ],
  ["wide", [["clear; printf '漢字かな %s e\\u0301 a\\u0308 \\U1f600|\\n' 한글\r", /^漢字.*\|\n.*\$/]]],
  [
    "colours",
    [
      [
        "PS1='> '; clear; for i in 1 2 3 4 5 7 9; do printf '\\e[%sm x%s \\e[0m\\e[38;5;%sm y \\e[48;2;9;99;%sm z\\e[0m\\n' $i $i $i $i; done\r",
        /x9 +y +z\n>/,
      ],
    ],
  ],
];

test.each(programs)("%s", async (program, steps) => {
  const tty = `the${program}`;
  const ours = await attached(tty);
  await me.pet([name, tty, "--", "sh", "-c", `seq -f 'line %g of a long text' 1 400 > ${long}`]);
  const theirs = await plain(tty);
  for (const terminal of [ours, theirs]) {
    for (const [typed, shown] of steps) {
      terminal.type(typed);
      await terminal.waitFor(shown);
    }
  }
  await detach(ours);
  const back = me.open([name, tty]);
  await expectSame(back, theirs);
  for (const terminal of [back, theirs]) {
    const before = terminal.output().length;
    terminal.resize(100, 30);
    await terminal.waitFor(({ output }) => output().length > before);
  }
  await expectSame(back, theirs);
  await detach(back);
});

test("nano, whose word on what it read stands until it is told of a key or a size", async () => {
  const ours = await attached("nano");
  await me.pet([name, "nano", "--", "sh", "-c", `seq 1 400 > ${long}`]);
  ours.type(`nano ${long}\r`);
  await ours.waitFor("[ Read 400 lines ]");
  await ours.quiet(500);
  const before = picture(ours);
  await detach(ours);
  const back = me.open([name, "nano"]);
  await expectPicture(back, before);
  await detach(back);
});

test("htop with its meters, which show other figures each time: its own screen before", async () => {
  const ours = await attached("meters");
  ours.type("htop -d 900 -p 1\r");
  await ours.waitFor("F10Quit");
  await ours.quiet(500);
  const before = picture(ours);
  await detach(ours);
  const back = me.open([name, "meters"]);
  await expectPicture(back, before);
  await detach(back);
});

test("after 50 MB of log that nobody watched", async () => {
  const ours = await attached("log");
  ours.type(`seq -f '%.0f the quick brown fox jumps over' 1 1300000; echo END > /tmp/end; ${vim} /tmp/end\r`);
  await detach(ours);
  await me.pet([name, "log", "--", "sh", "-c", "until [ -s /tmp/end ]; do sleep 0.1; done"]);
  const theirs = await plain("log");
  theirs.type(`${vim} /tmp/end\r`);
  await theirs.waitFor(/^END\n~/);
  const back = me.open([name, "log"]);
  await expectSame(back, theirs);
  expect(back.modes().alternateScreen).toBe(true);
  back.type(":q\r");
  await back.waitFor("1300000 the quick brown fox");
  expect(back.screen()[0]).toMatch(/^\d+ the quick brown fox/);
  await detach(back);
});

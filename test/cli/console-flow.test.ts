/** Much at once, either way. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { spawn } from "@lydell/node-pty";
import { expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { consolesOf, detach } from "./consoles.ts";

const name = "flow";
const { me, attached } = consolesOf(name);

test("Ctrl-C cuts a flood at once", async () => {
  const terminal = await attached("flood");
  terminal.type("yes\r");
  await terminal.waitFor(({ output }) => output().length > 2_000_000, 20_000);
  terminal.key("ctrl-c");
  // By the bytes as they come: the model of the screen takes longer to show them all.
  const end = () => terminal.output().subarray(-300).toString();
  await expect.poll(end, { timeout: 3_000, interval: 20 }).toMatch(/\^C[\s\S]*\$ $/);
  await detach(terminal);
});

test("100 MB arrive whole, and pet grows no memory", async () => {
  await detach(await attached("bulk"));
  const pty = spawn(petCommand, [name, "bulk"], {
    cols: 80,
    rows: 24,
    env: { ...me.env, TERM: "xterm-256color" },
    encoding: null,
  });
  let [crosses, told] = [0, ""];
  const ended = Promise.withResolvers<void>();
  pty.onData((data: string | Buffer) => {
    const bytes = Buffer.from(data);
    for (const byte of bytes) if (byte === 0x58) crosses++;
    told = `${told}${bytes}`.slice(-200);
    if (/END\r*\n/.test(told)) ended.resolve();
  });
  while (!told.includes("$ ")) await pause(50);
  pty.write(
    "stty -opost -echo; head -c 100000000 /dev/zero | tr '\\0' '\\130'; stty sane; echo; echo EN''D\r",
  );
  await ended.promise;
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pty.pid}/status`, "utf8"))?.[1]);
  expect(crosses).toBe(100_000_000);
  expect(peak).toBeLessThan(200_000);
  const gone = new Promise<void>((resolve) => pty.onExit(() => resolve()));
  pty.write("\x1c");
  await gone;
}, 120_000);

test("1 MB pasted arrives intact", async () => {
  const terminal = await attached("megabyte");
  terminal.type("stty -icanon -echo; echo rea''dy; head -c 1000000 | sha256sum; stty sane\r");
  await terminal.waitFor(/^ready$/m);
  const bytes = Array.from({ length: 1_000_000 }, (_, index) =>
    String.fromCharCode(97 + ((index * 7) % 26)),
  ).join("");
  terminal.type(bytes);
  await terminal.waitFor(createHash("sha256").update(bytes).digest("hex"), 20_000);
  await detach(terminal);
});

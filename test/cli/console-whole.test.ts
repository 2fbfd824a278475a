/** However one leaves a console, the terminal is the person's again, whatever the program inside did to it. */

import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { open, type Terminal } from "../support/pty.ts";
import { consolesOf } from "./consoles.ts";
import { docker } from "./docker.ts";

const name = "whole";
const { me, prompt } = consolesOf(name);

/** A shell of the person's own, out of which they went to a console where a program changes all it can. */
async function dirtied(tty: string): Promise<{ shell: Terminal; fresh: ReturnType<typeof state> }> {
  const shell = open("bash", ["--norc", "--noprofile", "-i"], { env: { ...me.env, PS1: "outer> " } });
  await shell.waitFor("outer>");
  const fresh = state(shell);
  shell.type(`'${petCommand}' ${name} ${tty}\r`);
  await shell.waitFor(prompt(tty), 30_000);
  const dirty =
    "\\e[?1049h\\e[?1000h\\e[?1006h\\e[?2004h\\e[?25l\\e[?1h\\e=\\e[5 q\\e[2;8r\\e[>1u\\e[31m\\e]2;inside\\a";
  shell.type(`printf '${dirty}'; sleep 600\r`);
  await shell.waitFor(({ title, modes }) => title() === "inside" && modes().alternateScreen);
  return { shell, fresh };
}

function state({ modes, cursor }: Terminal) {
  return { modes: modes(), visible: cursor().visible, shape: cursor().shape };
}

/** The `pet` that the shell runs. */
function petOf(shell: Terminal): number {
  return Number(execFileSync("pgrep", ["-P", String(shell.pid)], { encoding: "utf8" }).trim());
}

async function expectWhole(shell: Terminal, fresh: ReturnType<typeof state>): Promise<void> {
  await shell.waitFor(/outer> *$/m);
  shell.type("stty -a | grep -c -- '-icanon'; echo done\r");
  await shell.waitFor(/^0\s+done\s+outer> *$/m);
  expect(state(shell)).toEqual(fresh);
}

describe("the terminal is whole again", () => {
  test("after a detach", async () => {
    const { shell, fresh } = await dirtied("left");
    shell.key("ctrl-\\");
    await expectWhole(shell, fresh);
  });

  test.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)("after %s", async (signal) => {
    const { shell, fresh } = await dirtied(signal.toLowerCase());
    process.kill(petOf(shell), signal);
    await expectWhole(shell, fresh);
  });

  test("after its TTY is stopped", async () => {
    const { shell, fresh } = await dirtied("stopped");
    expect((await me.pet([name, "stopped", "--stop"])).status).toBe(0);
    await expectWhole(shell, fresh);
  });

  test("after its container is killed, which is said, with what to type", async () => {
    // One that was only just started would be said to have ended at once.
    expect((await me.pet([name, "killed", "--start"])).status).toBe(0);
    const { shell, fresh } = await dirtied("killed");
    await docker(["kill", `pet-${name}-killed`]);
    await shell.waitFor("CONSOLE_LOST");
    await expectWhole(shell, fresh);
    shell.type(`clear; '${petCommand}' ${name} killed\r`);
    await shell.waitFor(({ screen }) => screen()[0]?.startsWith(prompt("killed")) === true, 30_000);
    shell.key("ctrl-\\");
    await shell.waitFor("detached from");
  });

  test("while it is stopped by the shell outside, and painted again by fg", async () => {
    const { shell } = await dirtied("paused");
    process.kill(petOf(shell), "SIGTSTP");
    await shell.waitFor(/outer> *$/m);
    expect(shell.modes().alternateScreen).toBe(false);
    shell.type("fg\r");
    await shell.waitFor((terminal) => terminal.modes().alternateScreen);
    shell.key("ctrl-c");
    shell.type("\x1c");
    await shell.waitFor(/outer> *$/m);
  });
});

/** The console as a person has it: `pet` in a real terminal, its screen asserted; beside it, what docker alone would show. */

import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { beforeAll, expect } from "vitest";
import type { Person } from "../support/cli.ts";
import { testEngine } from "../support/engine.ts";
import { open, type Terminal } from "../support/pty.ts";
import { destroyAfterwards, resident } from "./resident.ts";

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

export interface Consoles {
  readonly me: Person;
  prompt(tty: string): string;
  /** Attached to a TTY of its own, so that tests do not see each other's screens. */
  attached(tty: string, size?: Size): Promise<Terminal>;
  /** A plain shell in the same container: what a screen ought to look like. */
  plain(tty: string, size?: Size): Promise<Terminal>;
}

/** Consoles of one pet, which is there before the file's tests and gone after them. */
export function consolesOf(name: string): Consoles {
  const me = resident();
  destroyAfterwards(me, name);
  beforeAll(async () => {
    const made = await me.pet([name, "--start"], { timeoutMs: 300_000 });
    expect(made, made.stderr).toMatchObject({ status: 0 });
  }, 300_000);

  const usual: Size = { cols: 80, rows: 24 };
  const prompt = (tty: string) => `developer@pet-${name}-${tty}:~$`;
  return {
    me,
    prompt,
    async attached(tty, size = usual) {
      const terminal = me.open([name, tty], size);
      await terminal.waitFor(prompt(tty), 30_000);
      return terminal;
    },
    async plain(tty, size = usual) {
      const terminal = open(
        "docker",
        [
          ...["exec", "-it", "-w", "/home/developer", "-e", "TERM=xterm-256color"],
          ...[`pet-${name}-${tty}`, "bash", "-l"],
        ],
        { ...size, env: { DOCKER_HOST: testEngine().dockerHost } },
      );
      await terminal.waitFor(prompt(tty), 20_000);
      return terminal;
    },
  };
}

export async function detach(terminal: Terminal): Promise<void> {
  terminal.key("ctrl-\\");
  const ended = await terminal.exit;
  expect(ended, terminal.screen().join("\n")).toMatchObject({ status: 0 });
}

/** All of a screen that a person can see, or notice when they type. */
export type Picture = ReturnType<typeof picture>;

export function picture(terminal: Terminal) {
  return {
    screen: terminal.screen(),
    cells: terminal.cells(),
    cursor: terminal.cursor(),
    modes: terminal.modes(),
    title: terminal.title(),
  };
}

/** The one comes to look like the other, and stays so: however long either takes to draw. */
export async function expectSame(ours: Terminal, theirs: Terminal): Promise<void> {
  await settled(ours, theirs, () => picture(theirs));
}

/** It comes to look like this, and stays so. */
export async function expectPicture(ours: Terminal, before: Picture): Promise<void> {
  await settled(ours, ours, () => before);
}

async function settled(ours: Terminal, theirs: Terminal, wanted: () => Picture): Promise<void> {
  const until = Date.now() + 20_000;
  do {
    await pause(50);
    await Promise.all([ours.quiet(300), theirs.quiet(300)]);
  } while (!isDeepStrictEqual(picture(ours), wanted()) && Date.now() < until);
  // The rows alone tell most of what is amiss, and are read more easily.
  expect(ours.screen()).toEqual(wanted().screen);
  expect(picture(ours)).toEqual(wanted());
}

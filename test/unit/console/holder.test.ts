import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { attach, type Outcome } from "../../../src/console/attach.ts";
import type { Door } from "../../../src/engine/engine.ts";
import { doorTo } from "./door.ts";
import { type Person, person, rowsText, screenText } from "./person.ts";

const petConsole = join(import.meta.dirname, "../../../terminals/base/pet-console");

describe("with the holder of the image", () => {
  let directory: string;
  let people: { person: Person; outcome: Promise<Outcome> }[] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "pet-console-"));
  });
  afterEach(async () => {
    for (const { person } of people) if (person.entered) person.type("\x1c");
    await Promise.all(people.map(({ outcome }) => outcome.catch(() => {})));
    people = [];
    const last = come();
    // A program may stand in the way of the prompt; a shell that still reads its profile is not to be interrupted.
    const prompted = vi.waitFor(() => expect(screenText(last.person.shown)).toMatch(/[#$]$/m), {
      timeout: 1500,
    });
    await prompted.catch(() => last.person.type("\x03"));
    await sees(last.person, /[#$]$/m);
    last.person.type("exit\r");
    await last.outcome;
    people = [];
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  function come(size = { cols: 80, rows: 24 }): {
    person: Person;
    outcome: Promise<Outcome>;
    door: Door & { kill(): void };
  } {
    const one = person(size);
    const door = doorTo("perl", [petConsole], {
      PET_RUN_DIR: directory,
      PET_SHELL: "/bin/sh",
      PET_HOME: directory,
      PS1: "$ ",
      HOME: directory,
    });
    const outcome = attach(door, one, { who: "test@here", detachKeys: "ctrl-\\" });
    const both = { person: one, outcome, door };
    people.push(both);
    return both;
  }

  const sees = async (one: Person, text: string | RegExp): Promise<void> =>
    vi.waitFor(() => expect(screenText(one.shown)).toMatch(text), { timeout: 5000, interval: 10 });

  it("shows a prompt, the output of what is typed, and ends with the shell's status", async () => {
    const { person, outcome } = come();
    await sees(person, /[#$]$/m);
    person.type("echo $((6 * 7))\r");
    await sees(person, /^42$/m);
    person.type("exit 3\r");
    expect(await outcome).toEqual({ kind: "exited", status: 3 });
    expect(person.entered).toBe(false);
  });

  it("shows the same screen to those who come back, history included", async () => {
    const first = come();
    await sees(first.person, /[#$]$/m);
    first.person.type("seq 100\r");
    await sees(first.person, /^100\n[#$]/m);
    first.person.type("\x1c");
    expect(await first.outcome).toEqual({ kind: "detached" });
    const second = come();
    await sees(second.person, /^100\n[#$]/m);
    expect(rowsText(second.person.shown, 0, 200)).toMatch(/^1\n2\n3\n/m);
    second.person.type("echo more\r");
    await sees(second.person, /^more$/m);
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { TtyEvent } from "../../../src/engine/engine.ts";
import { ttyLabels } from "../../../src/pet/labels.ts";
import { type Ground, home, newPet, running, workspace } from "../ground.ts";

export function eventCases(here: () => Ground): void {
  test("events tell what happens to the TTYs with the labels, and to no other, until told to stop", async () => {
    const { engine } = here();
    const of = newPet();
    const wished = workspace(here(), of);
    const heard: TtyEvent[] = [];
    const stop = new AbortController();
    const listening = (async () => {
      for await (const event of engine.events(ttyLabels(of), stop.signal)) heard.push(event);
    })();
    await engine.ensureHome(home(of));
    // Nobody tells when listening has begun: what is heard tells.
    const probe = workspace(here(), of, "probe");
    while (!heard.some(({ kind }) => kind === "destroy")) {
      await engine.create(probe);
      await engine.remove(probe.name);
      await sleep(20);
    }
    await engine.create(wished);
    await running(here());
    await engine.start(wished.name);
    await engine.stop(wished.name);
    await engine.remove(wished.name);

    const ours = () => heard.filter(({ name }) => name === wished.name).map(({ kind }) => kind);
    await expect.poll(ours, { timeout: 5000 }).toEqual(["create", "start", "die", "destroy"]);
    stop.abort();
    await listening;
    expect(new Set(heard.map(({ name }) => name))).toEqual(new Set([probe.name, wished.name]));
    for (const { at } of heard) expect(Math.abs(Date.now() - at.getTime())).toBeLessThan(60_000);
  });

  test("events that were told to stop before they began end at once", async () => {
    const heard = [];
    for await (const event of here().engine.events({}, AbortSignal.abort())) heard.push(event);
    expect(heard).toEqual([]);
  });
}

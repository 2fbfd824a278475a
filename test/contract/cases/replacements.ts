import { expect, onTestFinished, test } from "vitest";
import { label, ttyLabels } from "../../../src/pet/labels.ts";
import type { ContainerName } from "../../../src/pet/names.ts";
import type { Labels } from "../../../src/pet/workspace.ts";
import { type Ground, newPet, run, running, workspace } from "../ground.ts";

export function replacementCases(here: () => Ground): void {
  /** A TTY that runs, what is to take its place, and looks at it. */
  async function replaceable() {
    const { engine } = here();
    const of = newPet();
    const name = await running(here(), {}, of);
    const wished = workspace(here(), of);
    const labels: Labels = { ...wished.labels, [label.spec]: "next" };
    const next = { ...wished, labels };
    const shown = async () => (await engine.list(ttyLabels(of))).map((one) => `${one.name} ${one.state}`);
    const beside = async () => (await engine.beside(ttyLabels(of))).map((one) => one.name);
    return { engine, name, next, shown, beside };
  }

  test("a new one takes the place of the old one once it is proven", async () => {
    const { engine, name, next, shown, beside } = await replaceable();
    const before = await engine.inspect(name);
    await engine.replace(next, async (candidate) => {
      expect(candidate).not.toBe(name);
      expect(await run(here(), candidate, ["cat"], "in")).toMatchObject({ stdout: "in", exit: 0 });
      // The old one is there meanwhile, and the only one for all who look.
      expect(await engine.inspect(name)).toMatchObject({ id: before?.id, state: "running" });
      expect(await shown()).toEqual([`${name} running`]);
      expect(await beside()).toEqual([candidate]);
    });
    expect(await engine.inspect(name)).toMatchObject({
      name,
      state: "running",
      labels: { [label.spec]: "next" },
    });
    expect(await shown()).toEqual([`${name} running`]);
    expect(await beside()).toEqual([]);
  });

  test("one that is not proven goes, and nothing was done to the old one", async () => {
    const { engine, name, next, shown, beside } = await replaceable();
    const before = await engine.inspect(name);
    await expect(engine.replace(next, () => Promise.reject(new Error("no good")))).rejects.toThrow("no good");
    expect(await engine.inspect(name)).toEqual(before);
    expect(await shown()).toEqual([`${name} running`]);
    expect(await beside()).toEqual([]);
  });

  test("one that was stopped after its proof takes the place stopped", async () => {
    const { engine, name, next, shown } = await replaceable();
    await engine.replace(next, (candidate) => engine.stop(candidate));
    expect(await shown()).toEqual([`${name} exited`]);
  });

  test("what cannot be made leaves all as it is", async () => {
    const { engine, name, next, shown, beside } = await replaceable();
    const replaced = engine.replace({ ...next, image: "pet-test/none:1" }, async () => {});
    await expect(replaced).rejects.toMatchObject({ code: "NO_IMAGE" });
    expect(await shown()).toEqual([`${name} running`]);
    expect(await beside()).toEqual([]);
  });

  test("where there was none it is the first", async () => {
    const { engine } = here();
    const first = workspace(here());
    onTestFinished(() => engine.remove(first.name));
    await engine.replace(first, async () => {});
    expect((await engine.inspect(first.name))?.state).toBe("running");
  });

  test("settling where nothing was begun changes nothing", async () => {
    const { engine, name, next } = await replaceable();
    const before = await engine.inspect(name);
    await engine.settle(next.labels);
    expect(await engine.inspect(name)).toEqual(before);
  });

  test("what is beside a TTY is told of the labels' own alone", async () => {
    const { engine, name, next } = await replaceable();
    await engine.replace(next, async (candidate: ContainerName) => {
      const { [label.instance]: instance = "" } = next.labels;
      expect(await engine.beside({ [label.instance]: `${instance}-other` })).toEqual([]);
      const [beside] = await engine.beside({ [label.instance]: instance });
      expect(beside).toMatchObject({ name: candidate, state: "running" });
    });
    expect((await engine.inspect(name))?.state).toBe("running");
  });
}

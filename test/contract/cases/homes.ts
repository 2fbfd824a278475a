import { expect, onTestFinished, test } from "vitest";
import { homeLabels } from "../../../src/pet/labels.ts";
import { type Ground, home, newPet, pet, running, testLabel, workspace } from "../ground.ts";

export function homeCases(here: () => Ground): void {
  test("a home is made once and never changed after", async () => {
    const { engine } = here();
    const of = newPet();
    const wished = home(of);
    onTestFinished(() => engine.removeHome(wished.name));
    await engine.ensureHome({ ...wished, labels: { ...wished.labels, first: "1" } });
    await engine.ensureHome({ ...wished, labels: { ...wished.labels, first: "2" } });
    const [found, ...more] = await engine.homes(homeLabels(of));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ name: wished.name, labels: { ...testLabel, first: "1" } });
    expect(Math.abs(Date.now() - (found?.created?.getTime() ?? 0))).toBeLessThan(60_000);
  });

  test("several makers of a home at once have one", async () => {
    const { engine } = here();
    const of = newPet();
    onTestFinished(() => engine.removeHome(home(of).name));
    await Promise.all([1, 2, 3].map(() => engine.ensureHome(home(of))));
    expect(await engine.homes(homeLabels(of))).toHaveLength(1);
  });

  test("a list has exactly the homes with the labels", async () => {
    const { engine } = here();
    const foo = pet(`hfoo${process.pid}`);
    const fooBar = pet(`hfoo${process.pid}-bar`);
    for (const of of [foo, fooBar]) {
      onTestFinished(() => engine.removeHome(home(of).name));
      await engine.ensureHome(home(of));
    }
    expect((await engine.homes(homeLabels(foo))).map(({ name }) => name)).toEqual([home(foo).name]);
  });

  test("a home outlives its containers, and goes when it is told to", async () => {
    const { engine } = here();
    const of = newPet();
    const name = await running(here(), {}, of);
    await engine.remove(name);
    expect(await engine.homes(homeLabels(of))).toHaveLength(1);
    await engine.removeHome(home(of).name);
    expect(await engine.homes(homeLabels(of))).toEqual([]);
    await engine.removeHome(home(of).name);
  });

  test("a home that went while its TTY was made is made anew, and known as pet's own", async () => {
    const { engine } = here();
    const of = newPet();
    const { name } = workspace(here(), of);
    await engine.create(workspace(here(), of));
    await engine.remove(name);
    await engine.ensureHome(home(of));
    const [found] = await engine.homes(homeLabels(of));
    expect(found).toMatchObject({ name: home(of).name, labels: home(of).labels });
    await engine.removeHome(home(of).name);
  });

  test("a home that a container uses stays", async () => {
    const { engine } = here();
    const of = newPet();
    const name = await running(here(), {}, of);
    await engine.stop(name);
    await expect(engine.removeHome(home(of).name)).rejects.toMatchObject({ code: "HOME_IN_USE" });
    expect(await engine.homes(homeLabels(of))).toHaveLength(1);
  });
}

import { expect, onTestFinished, test } from "vitest";
import { label, ttyLabels } from "../../../src/pet/labels.ts";
import { type Ground, home, newPet, pet, running, workspace } from "../ground.ts";

export function ttyCases(here: () => Ground): void {
  test("a TTY is created, started, stopped and removed, and tells so", async () => {
    const { engine } = here();
    const of = newPet();
    const wished = workspace(here(), of);
    expect(await engine.inspect(wished.name)).toBeUndefined();

    await engine.ensureHome(home(of));
    await engine.create(wished);
    expect(await engine.inspect(wished.name)).toMatchObject({
      name: wished.name,
      state: "created",
      image: wished.image,
      labels: wished.labels,
      exitStatus: undefined,
    });

    await engine.start(wished.name);
    const started = await engine.inspect(wished.name);
    expect(started?.state).toBe("running");
    expect(Math.abs(Date.now() - (started?.since?.getTime() ?? 0))).toBeLessThan(60_000);

    await engine.stop(wished.name);
    expect(await engine.inspect(wished.name)).toMatchObject({ state: "exited", exitStatus: 0 });

    await engine.remove(wished.name);
    expect(await engine.inspect(wished.name)).toBeUndefined();
  });

  test("starting what runs, stopping what does not and removing what is gone are no failures", async () => {
    const { engine } = here();
    const name = await running(here());
    await engine.start(name);
    await engine.stop(name);
    await engine.stop(name);
    await engine.remove(name);
    await engine.remove(name);
  });

  test("a running TTY is removed as it is", async () => {
    const name = await running(here());
    await here().engine.remove(name);
    expect(await here().engine.inspect(name)).toBeUndefined();
  });

  test("what is not there can be neither started nor stopped", async () => {
    const { engine } = here();
    const { name } = workspace(here());
    await expect(engine.start(name)).rejects.toMatchObject({ code: "NO_TTY" });
    await expect(engine.stop(name)).rejects.toMatchObject({ code: "NO_TTY" });
  });

  test("of several creations at once one comes about", async () => {
    const { engine } = here();
    const wished = workspace(here());
    onTestFinished(() => engine.remove(wished.name));
    const results = await Promise.allSettled([1, 2, 3].map(() => engine.create(wished)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "NAME_TAKEN" });
    }
  });

  test("several starts at once are one", async () => {
    const { engine } = here();
    const wished = workspace(here());
    onTestFinished(() => engine.remove(wished.name));
    await engine.create(wished);
    await Promise.all([1, 2, 3].map(() => engine.start(wished.name)));
    expect((await engine.inspect(wished.name))?.state).toBe("running");
  });

  test("a removal while it starts leaves nothing behind", async () => {
    const { engine } = here();
    const wished = workspace(here());
    onTestFinished(() => engine.remove(wished.name));
    await engine.create(wished);
    const [start] = await Promise.allSettled([engine.start(wished.name), engine.remove(wished.name)]);
    if (start.status === "rejected") expect(start.reason).toMatchObject({ code: "NO_TTY" });
    expect(await engine.inspect(wished.name)).toBeUndefined();
  });

  test("several removals at once are one", async () => {
    const { engine } = here();
    const name = await running(here());
    await Promise.all([1, 2, 3].map(() => engine.remove(name)));
    expect(await engine.inspect(name)).toBeUndefined();
  });

  test("an image that is not there is named", async () => {
    const wished = { ...workspace(here()), image: "pet-test/none:1" };
    await expect(here().engine.create(wished)).rejects.toMatchObject({
      code: "NO_IMAGE",
      message: expect.stringContaining("pet-test/none:1"),
    });
  });

  test("a list has exactly the TTYs with the labels, running or not", async () => {
    const { engine } = here();
    const foo = pet(`foo${process.pid}`);
    const fooBar = pet(`foo${process.pid}-bar`);
    const wished = [workspace(here(), foo), workspace(here(), foo, "2"), workspace(here(), fooBar)];
    for (const one of wished) {
      onTestFinished(() => engine.remove(one.name));
      await engine.create(one);
    }
    await engine.start(workspace(here(), foo).name);

    const names = async (labels: Readonly<Record<string, string>>) =>
      (await engine.list(labels)).map(({ name, state }) => `${name} ${state}`);
    expect(await names(ttyLabels(foo))).toEqual([
      `${foo.prefix}-${foo.instance}-1 running`,
      `${foo.prefix}-${foo.instance}-2 created`,
    ]);
    expect(await names(ttyLabels(fooBar))).toEqual([`${foo.prefix}-${fooBar.instance}-1 created`]);
    expect(await names({ [label.prefix]: foo.prefix, [label.tty]: "2" })).toHaveLength(1);
    expect(await names({ [label.instance]: "none" })).toEqual([]);
  });

  test("a list tells of each TTY what inspect does, but for since", async () => {
    const { engine } = here();
    const of = newPet();
    const name = await running(here(), {}, of);
    await engine.stop(name);
    const [listed] = await engine.list(ttyLabels(of));
    const inspected = await engine.inspect(name);
    expect({ ...listed, since: undefined }).toEqual({ ...inspected, since: undefined });
  });

  test("the log has the last lines", async () => {
    const { engine } = here();
    const name = await running(here());
    await expect.poll(() => engine.logs(name, 10)).toBe("started\n");
    await engine.stop(name);
    await engine.start(name);
    await expect.poll(() => engine.logs(name, 10)).toBe("started\nstarted\n");
    expect(await engine.logs(name, 1)).toBe("started\n");
  });

  test("the engine tells what it is", async () => {
    expect(await here().engine.info()).toMatchObject({
      version: expect.stringMatching(/^\d/),
      architecture: expect.stringMatching(/^(amd64|arm64)$/),
      product: "Docker Engine",
      storage: expect.stringMatching(/^\w/),
      dataRoot: expect.stringMatching(/^\//),
      rootless: false,
    });
  });
}

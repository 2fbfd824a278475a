import { Readable } from "node:stream";
import { pack } from "tar-stream";
import { expect, onTestFinished, test } from "vitest";
import { label } from "../../../src/pet/labels.ts";
import type { ContainerName } from "../../../src/pet/names.ts";
import { type Ground, home, newPet, running, testLabel, workspace } from "../ground.ts";
import { dockerfileContext } from "../recipe.ts";

export function unusedCases(here: () => Ground): void {
  test("what does not run is discarded, and what runs is not", async () => {
    const { engine } = here();
    const name = await running(here());
    const tty = { name, id: (await engine.inspect(name))?.id ?? "" };
    await expect(engine.discard(tty)).rejects.toMatchObject({
      code: "CONTAINER_IN_USE",
      message: expect.stringContaining(name),
    });
    expect((await engine.inspect(name))?.state).toBe("running");
    await engine.stop(name);
    await engine.discard(tty);
    expect(await engine.inspect(name)).toBeUndefined();
    await engine.discard(tty);
  });

  test("another container of the same name is not the one that was to be discarded", async () => {
    const { engine } = here();
    const wished = workspace(here());
    onTestFinished(() => engine.remove(wished.name));
    await engine.create(wished);
    const first = { name: wished.name, id: (await engine.inspect(wished.name))?.id ?? "" };
    await engine.remove(wished.name);
    await engine.create(wished);
    await engine.discard(first);
    expect((await engine.inspect(wished.name))?.state).toBe("created");
  });

  test("of several who discard at once all are content", async () => {
    const { engine } = here();
    const wished = workspace(here());
    onTestFinished(() => engine.remove(wished.name));
    await engine.create(wished);
    const tty = { name: wished.name, id: (await engine.inspect(wished.name))?.id ?? "" };
    await Promise.all([1, 2, 3].map(() => engine.discard(tty)));
    await expect.poll(() => engine.inspect(wished.name)).toBeUndefined();
  });

  test("leftovers are what stands beside TTYs, and no TTY", async () => {
    const { engine } = here();
    const of = newPet();
    const name = await running(here(), {}, of);
    const beside = `${of.prefix}-${of.instance}.mend` as ContainerName;
    onTestFinished(() => engine.remove(beside));
    await engine.create({
      ...workspace(here(), of),
      name: beside,
      labels: { ...testLabel, [label.kind]: "tty" },
    });
    const found = await engine.leftovers();
    expect(found.find((one) => one.name === beside)).toMatchObject({ state: "created" });
    expect(found.map((one) => one.name)).not.toContain(name);
  });

  test("the size of a home counts what was put into it", async () => {
    const { engine } = here();
    const of = newPet();
    const name = await running(here(), {}, of);
    const tar = pack();
    tar.entry({ name: "large" }, Buffer.alloc(300_000, "x"));
    tar.finalize();
    await engine.putArchive(name, "/home", Readable.from(tar, { objectMode: false }));
    const bytes = (await engine.homeSizes()).get(home(of).name) ?? 0;
    expect(bytes).toBeGreaterThanOrEqual(300_000);
    expect(bytes).toBeLessThan(10_000_000);
  });

  async function built(name: string): Promise<{ readonly tag: string; readonly id: string }> {
    const { engine, baseImage } = here();
    const tag = `pet-test/${name}:${process.pid}`;
    const request = {
      tag,
      context: () =>
        dockerfileContext(
          `ARG BASE_IMAGE\nFROM $BASE_IMAGE\nRUN echo ${name} > /made\nENTRYPOINT ["sleep", "60"]\n`,
        ),
      buildArgs: { BASE_IMAGE: baseImage },
      labels: { ...testLabel, [label.kind]: "image" },
      pull: false,
      noCache: true,
    };
    for await (const _ of engine.build(request));
    return { tag, id: (await engine.image(tag))?.id ?? "" };
  }
  const listed = async (tag: string) =>
    (await here().engine.images()).find(({ names }) => names.includes(tag));

  test("an image that no container was made from is told as such, and removed", async () => {
    const { engine, baseImage } = here();
    const { tag, id } = await built("unused");
    expect(await listed(tag)).toMatchObject({ id, names: [tag], used: false, pinned: false });
    expect(await listed(baseImage)).toBeUndefined();
    await engine.removeImage({ id }, tag);
    expect(await engine.image(tag)).toBeUndefined();
    await engine.removeImage({ id }, tag);
  });

  test("an image that a container was made from, or whose name is another's by now, stays", async () => {
    const { engine } = here();
    const first = await built("used");
    const wished = { ...workspace(here()), image: first.tag };
    onTestFinished(() => engine.remove(wished.name));
    await engine.create(wished);
    expect(await listed(first.tag)).toMatchObject({ used: true });
    await expect(engine.removeImage(first, first.tag)).rejects.toMatchObject({ code: "IMAGE_IN_USE" });
    await engine.remove(wished.name);
    const second = await built("used");
    await expect(engine.removeImage(first, first.tag)).rejects.toMatchObject({ code: "IMAGE_IN_USE" });
    expect(await engine.image(first.tag)).toMatchObject({ id: second.id });
  });

  test("an image that is not pet's is foreign", async () => {
    const { engine, baseImage } = here();
    const { id = "" } = (await engine.image(baseImage)) ?? {};
    await expect(engine.removeImage({ id }, baseImage)).rejects.toMatchObject({ code: "FOREIGN" });
    expect(await engine.image(baseImage)).toMatchObject({ id });
  });
}

import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { homeLabels, ttyLabels } from "../../../src/pet/labels.ts";
import { type Ground, home, newPet, testLabel, workspace } from "../ground.ts";

/** Names that pet would use, on things it did not make. */
export function ownershipCases(here: () => Ground): void {
  test("a foreign container is named, not shown and not touched", async () => {
    const { engine } = here();
    const of = newPet();
    const wished = workspace(here(), of);
    const { name } = wished;
    await engine.create({ ...wished, labels: testLabel });

    const foreign = { code: "FOREIGN", message: expect.stringContaining(name) };
    await expect(engine.inspect(name)).rejects.toMatchObject(foreign);
    await expect(engine.create(wished)).rejects.toMatchObject(foreign);
    await expect(engine.start(name)).rejects.toMatchObject(foreign);
    await expect(engine.exec(name, ["true"])).rejects.toMatchObject(foreign);
    await expect(engine.stop(name)).rejects.toMatchObject(foreign);
    await expect(engine.logs(name, 1)).rejects.toMatchObject(foreign);
    await expect(engine.putArchive(name, "/tmp", Readable.from([]))).rejects.toMatchObject(foreign);
    await expect(engine.getArchive(name, "/tmp")).rejects.toMatchObject(foreign);
    await expect(engine.remove(name)).rejects.toMatchObject(foreign);
    await expect(engine.inspect(name)).rejects.toMatchObject(foreign);
    expect(await engine.list({})).not.toContainEqual(expect.objectContaining({ name }));
    expect(await engine.list(ttyLabels(of))).toEqual([]);
  });

  test("a foreign volume is named, not shown and not touched", async () => {
    const { engine } = here();
    const of = newPet();
    const wished = home(of);
    await engine.ensureHome({ ...wished, labels: testLabel }).catch(() => {});

    const foreign = { code: "FOREIGN", message: expect.stringContaining(wished.name) };
    await expect(engine.ensureHome(wished)).rejects.toMatchObject(foreign);
    await expect(engine.removeHome(wished.name)).rejects.toMatchObject(foreign);
    await expect(engine.ensureHome(wished)).rejects.toMatchObject(foreign);
    expect(await engine.homes(homeLabels(of))).toEqual([]);
  });
}

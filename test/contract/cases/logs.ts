import { expect, test } from "vitest";
import type { ContainerName } from "../../../src/pet/names.ts";
import { type Ground, running, workspace } from "../ground.ts";

export function logCases(here: () => Ground): void {
  const lines = (name: ContainerName, follow: boolean, signal = new AbortController().signal) =>
    here().engine.logLines(name, { follow, signal });
  const all = async (given: AsyncIterable<string>) => {
    const found: string[] = [];
    for await (const line of given) found.push(line);
    return found;
  };

  test("a log is given line by line, also of what has stopped", async () => {
    const { engine } = here();
    const name = await running(here());
    await expect.poll(() => all(lines(name, false))).toEqual(["started"]);
    await engine.stop(name);
    expect(await all(lines(name, false))).toEqual(["started"]);
    expect(await all(lines(name, true))).toEqual(["started"]);
  });

  test("a log that is followed goes on until its TTY stops", async () => {
    const name = await running(here());
    const found: string[] = [];
    for await (const line of lines(name, true)) {
      found.push(line);
      await here().engine.stop(name);
    }
    expect(found).toEqual(["started"]);
    expect((await here().engine.inspect(name))?.state).toBe("exited");
  });

  test("a log that is followed ends quietly once nobody wants it any more", async () => {
    const name = await running(here());
    const over = new AbortController();
    const found: string[] = [];
    for await (const line of lines(name, true, over.signal)) {
      found.push(line);
      over.abort();
    }
    expect(found).toEqual(["started"]);
    expect((await here().engine.inspect(name))?.state).toBe("running");
  });

  test("of what is not there no log is given", async () => {
    await expect(all(lines(workspace(here()).name, false))).rejects.toMatchObject({
      code: "NO_TTY",
    });
  });
}

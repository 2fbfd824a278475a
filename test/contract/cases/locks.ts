import { expect, test } from "vitest";
import { type Ground, newPet } from "../ground.ts";

export function lockCases(here: () => Ground): void {
  const newKey = () => `${newPet().prefix}-${newPet().instance}`;

  test("a lock has one holder, who is named with the time to others", async () => {
    const { engine, image } = here();
    const key = newKey();
    const lock = await engine.lock(key, "me@here", image);
    await expect(engine.lock(key, "you@there", image)).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringMatching(/me@here.*since \d{4}-\d\d-\d\d/),
    });
    await lock.release();
  });

  test("who holds a lock is told before anybody wants it, with what it takes to wait for it", async () => {
    const { engine, image } = here();
    const key = newKey();
    expect(await engine.lockedBy(key)).toBeUndefined();
    const lock = await engine.lock(key, "me@here", image);
    const holder = await engine.lockedBy(key);
    expect(holder?.who).toBe("me@here");
    expect(Math.abs(Date.now() - (holder?.since?.getTime() ?? 0))).toBeLessThan(60_000);
    const another = await engine.lock(newKey(), "you@there", holder?.image ?? "");
    await another.release();
    await lock.release();
    expect(await engine.lockedBy(key)).toBeUndefined();
  });

  test("a lock that is released is free at once, and released twice it harms nobody", async () => {
    const { engine, image } = here();
    const key = newKey();
    const first = await engine.lock(key, "one", image);
    await first.release();
    const second = await engine.lock(key, "two", image);
    await first.release();
    await expect(engine.lock(key, "three", image)).rejects.toMatchObject({ code: "LOCKED" });
    await second.release();
  });

  test("locks of different keys do not touch", async () => {
    const { engine, image } = here();
    const key = newKey();
    const locks = await Promise.all([engine.lock(key, "a", image), engine.lock(`${key}-b`, "b", image)]);
    for (const lock of locks) await lock.release();
  });

  test("of several who want a lock at once one gets it", async () => {
    const { engine, image } = here();
    const key = newKey();
    const results = await Promise.allSettled([1, 2, 3].map((n) => engine.lock(key, `${n}`, image)));
    const held = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(held).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "LOCKED" });
    }
    for (const lock of held) await lock.release();
  });

  test("a lock is nothing that a list shows", async () => {
    const { engine, image } = here();
    const key = newKey();
    const lock = await engine.lock(key, "me", image);
    // Other tests make TTYs on this engine meanwhile.
    expect((await engine.list({})).filter(({ name }) => name.includes(key))).toEqual([]);
    await lock.release();
  });

  test("a lock needs an image that is there", async () => {
    await expect(here().engine.lock(newKey(), "me", "pet-test/none:1")).rejects.toMatchObject({
      code: "NO_IMAGE",
    });
  });
}

import { expect, test } from "vitest";
import type { Lock } from "../../../src/engine/engine.ts";
import { betweenTurns, inTurn, waitingText } from "../../../src/flows/turn.ts";
import { fail } from "../../../src/pet/errors.ts";
import { ground } from "./ground.ts";

const setUp = async (...args: Parameters<typeof ground>) => {
  const here = ground(...args);
  const { address } = await here.made("foo");
  return { ...here, address };
};

test("turns of one pet come one after the other, and who waits is told once for whom", async () => {
  const { world, address, notes } = await setUp();
  const seen: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = inTurn(world, address, "image", async () => {
    seen.push("first begins");
    await first.promise;
    seen.push("first ends");
  });
  await expect.poll(() => seen).toEqual(["first begins"]);
  const two = inTurn(world, address, "image", async () => void seen.push("second"));
  await expect
    .poll(() => notes)
    .toEqual([expect.stringMatching(/^waiting for .+@.+, who .* foo since \d\d:/)]);
  first.resolve();
  await Promise.all([one, two]);
  expect(seen).toEqual(["first begins", "first ends", "second"]);
  expect(notes).toHaveLength(1);
});

test("a turn within a turn is the same, and a failure gives it back", async () => {
  const { world, address } = await setUp();
  const nested = inTurn(world, address, "image", (ours) =>
    inTurn(ours, address, "image", async () => Promise.reject(new Error("within"))),
  );
  await expect(nested).rejects.toThrow("within");
  expect(await world.engine.lockedBy("pet-foo")).toBeUndefined();
});

test("one step is done at once where nobody has the turn, and needs no lock", async () => {
  const { world, address } = await setUp(() => ({ lock: () => Promise.reject(new Error("no lock")) }));
  let count = 0;
  expect(await betweenTurns(world, address, async () => ++count)).toBe(1);
});

test("one step waits for who has the turn", async () => {
  const { world, address, notes } = await setUp();
  const lock = await world.engine.lock("pet-foo", "ann@laptop", "image");
  let count = 0;
  const step = betweenTurns(world, address, async () => ++count);
  await expect.poll(() => notes).toEqual([expect.stringContaining("ann@laptop")]);
  expect(count).toBe(0);
  await lock.release();
  expect(await step).toBe(1);
});

test("one step is done again where somebody took the turn meanwhile", async () => {
  const { world, address } = await setUp();
  let [count, taken] = [0, world.engine.lock("pet-foo", "ann@laptop", "image")];
  await (await taken).release();
  const step = betweenTurns(world, address, async () => {
    count += 1;
    if (count === 1) taken = world.engine.lock("pet-foo", "ann@laptop", "image");
    await taken;
    return count;
  });
  await expect.poll(() => count).toBe(1);
  await (await taken).release();
  expect(await step).toBe(2);
});

test.each(["NO_TTY", "DOOR_LOST"] as const)(
  "one step that failed by %s while somebody had the turn",
  async (code) => {
    const { world, address } = await setUp();
    let [count, taken] = [0, Promise.resolve<Lock | undefined>(undefined)];
    const step = betweenTurns(world, address, async () => {
      count += 1;
      if (count > 1) return count;
      taken = world.engine.lock("pet-foo", "ann@laptop", "image");
      await taken;
      throw fail(code, { name: "pet-foo-1" });
    });
    const ended = step.catch((error) => error.code);
    await expect.poll(() => count).toBe(1);
    await (await taken)?.release();
    // What is lost with a line may have been done: that is not for here to do again.
    expect(await ended).toBe(code === "NO_TTY" ? 2 : code);
  },
);

test.each(["go on", "fail"] as const)("an engine without room for a lock: %s", async (otherwise) => {
  const { world, address } = await setUp(() => ({ lock: () => Promise.reject(fail("DISK_FULL")) }));
  const act = inTurn(world, address, "image", async () => "done", otherwise);
  if (otherwise === "go on") expect(await act).toBe("done");
  else await expect(act).rejects.toMatchObject({ code: "DISK_FULL" });
});

test("an image that has gone from the engine keeps nobody from their turn", async () => {
  const { world, address } = await setUp();
  expect(await inTurn(world, address, "none", async () => "done")).toBe("done");
});

const now = new Date(2026, 10, 28, 19, 30);
test.each([
  [new Date(2026, 10, 28, 9, 2, 11), "waiting for ann@laptop, who has been at work on foo since 09:02:11"],
  [new Date(2026, 10, 27, 19, 2, 11), /since 2026-11-27 19:02:11$/],
  [undefined, "waiting for ann@laptop, who has been at work on foo"],
])("since %s", (since, text) => {
  const said = waitingText("foo", { who: "ann@laptop", since, image: "" }, now);
  if (typeof text === "string") expect(said).toBe(text);
  else expect(said).toMatch(text);
});

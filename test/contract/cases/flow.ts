import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Ground, run, running } from "../ground.ts";

const mebibyte = 1024 * 1024;

export function flowCases(here: () => Ground): void {
  test("a program hears the end of its input, and can still answer", async () => {
    const name = await running(here());
    const door = await here().engine.exec(name, ["sh", "-c", "cat >/dev/null; echo done"]);
    door.stderr.resume();
    door.stdin.write("some input");
    await sleep(100);
    expect(door.stdout.readableLength).toBe(0);
    door.stdin.end();
    expect(await text(door.stdout)).toBe("done\n");
    expect(await door.exit).toBe(0);
  });

  test("output that nobody reads waits with the program, and arrives whole", async () => {
    const name = await running(here());
    const door = await here().engine.exec(name, ["sh", "-c", "yes | head -c 16777216"]);
    door.stdin.end();
    door.stderr.resume();
    await sleep(500);
    expect(door.stdout.readableLength).toBeLessThan(mebibyte);
    expect((await text(door.stdout)).length).toBe(16 * mebibyte);
    expect(await door.exit).toBe(0);
  });

  test("input that the program does not read waits with the writer, and arrives whole", async () => {
    const name = await running(here());
    const door = await here().engine.exec(name, ["sh", "-c", "sleep 1; wc -c"]);
    door.stderr.resume();
    door.stdin.end(Buffer.alloc(16 * mebibyte, "x"));
    await sleep(300);
    expect(door.stdin.writableFinished).toBe(false);
    expect((await text(door.stdout)).trim()).toBe(String(16 * mebibyte));
    expect(await door.exit).toBe(0);
  });

  test("a program's last words arrive although it left its input unread", async () => {
    const name = await running(here());
    const input = Buffer.alloc(4 * mebibyte, "x");
    for (let round = 0; round < 5; round++) {
      const said = await run(here(), name, ["sh", "-c", "head -c 1; exit 4"], input);
      expect(said).toEqual({ stdout: "x", stderr: "", exit: 4 });
    }
  });

  test("a stream that the reader gives up does not hold up the other", async () => {
    const name = await running(here());
    const door = await here().engine.exec(name, ["sh", "-c", "yes >&2 & sleep 1; kill $!; echo out"]);
    door.stdin.end();
    door.stderr.once("readable", () => door.stderr.destroy());
    expect(await text(door.stdout)).toBe("out\n");
  });
}

/** The session: one shell for all who come, until it ends. */

import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { attach, attached, bytes, fieldsOf, has, logOf, shows, sizeOf, text, u64 } from "./near-end.ts";
import { holderMemory, killQuietly, newPlace, processesOf, status, waitFor } from "./place.ts";

test("a first attach begins a login shell on a terminal of the size it says, in the home", async () => {
  using place = newPlace();
  const near = await attached(place, ["cols", 91], ["rows", 33], ["colorterm", "truecolor"]);
  expect(near.frames.slice(0, 3).map(({ type }) => type)).toEqual(["R", "W", "L"]);
  expect(sizeOf(near.frames[0] ?? { type: "", payload: Buffer.alloc(4) })).toBe("91x33");
  expect(near.frames[1]?.payload[0]).toBe(1);
  near.type('echo "$0 $(pwd) $TERM $COLORTERM $(stty size) end"\r');
  await near.until("its answer", shows(`-sh ${place.home} xterm-256color truecolor 33 91 end\r\n`));
  expect(near.complaints()).toBe("");
});

test("who comes back gets what was written meanwhile, in the same shell", async () => {
  using place = newPlace();
  const first = await attached(place);
  first.type("x=kept; until [ -e go ]; do sleep 0.05; done; echo mean''while; : > gone\r");
  await first.until("the echo", shows("echo mean''while"));
  first.send("b");
  await first.closed;
  writeFileSync(join(place.home, "go"), "");
  await waitFor("what is written meanwhile", () => existsSync(join(place.home, "gone")));
  const second = await attached(place);
  expect(bytes(logOf(second.frames)).toString()).toContain("meanwhile\r\n");
  second.type("echo $x\r");
  await second.until("the variable", shows("kept\r\n"));
});

test("a client killed outright leaves nothing behind but the session", async () => {
  using place = newPlace();
  const near = await attached(place);
  expect(status(place)).toHaveLength(2);
  near.cut();
  await waitFor("the holder's forgetting", () => status(place).length === 1);
  // The holder and its shell; no relay.
  expect(processesOf(String(place.environment.PET_RUN_DIR))).toHaveLength(2);
});

test("the end of the stream ends the relay at once", async () => {
  using place = newPlace();
  const near = await attached(place);
  near.child.stdin.end();
  await near.closed;
  await waitFor("the holder's forgetting", () => status(place).length === 1);
});

test("status tells of the session, its foreground command, and each client", async () => {
  using place = newPlace();
  expect(status(place)).toEqual([]);
  const ann = await attached(place, ["who", "ann@a\tb"]);
  await attached(place, ["who", "bob@c"], ["cols", 100], ["rows", 40]);
  ann.type("sleep 5\r");
  await waitFor("the command", () => status(place)[0]?.[3] === "sleep 5");
  const [session, ...clients] = status(place);
  expect(session?.[0]).toBe("main");
  expect(Number(session?.[1])).toBeGreaterThan(1_700_000_000);
  expect(clients.map((one) => one.slice(0, 4))).toEqual([
    ["owner", "ann@ab", "80", "24"],
    ["watcher", "bob@c", "100", "40"],
  ]);
});

test.each([
  ["exit 7", 7],
  ["kill -9 $$", 137],
])(
  "%s ends every client with status %i, and the next attach finds a fresh shell",
  async (command, ending) => {
    using place = newPlace();
    const [one, two] = [await attached(place), await attached(place)];
    one.type(`x=stale; ${command}\r`);
    for (const near of [one, two]) {
      await near.until("the end", has("X"));
      expect(near.frames.at(-1)).toEqual({ type: "X", payload: Buffer.from([ending]) });
      await near.closed;
    }
    const next = await attached(place);
    next.type("echo [$x]\r");
    await next.until("a fresh shell", shows("[]\r\n"));
  },
);

test("twenty who come to an ending session each get its end or a fresh shell, and there is one shell after", async () => {
  using place = newPlace();
  const first = await attached(place);
  first.type("exit\r");
  const crowd = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const near = attach(place);
      await near.until("the log's end or the shell's", (frames) => has("L")(frames) || has("X")(frames));
      return near;
    }),
  );
  const staying = () => crowd.filter((near) => !has("X")(near.frames)).length;
  const rows = () => (staying() === 0 ? 0 : 1 + staying());
  await waitFor("the same count at either end", () => status(place).length === rows());
  expect(crowd.every((near) => !has("E")(near.frames))).toBe(true);
  const sockets = readdirSync(String(place.environment.PET_RUN_DIR)).filter((name) => name.endsWith(".sock"));
  expect(sockets.length).toBe(staying() === 0 ? 0 : 1);
});

test("twenty who come at once share one session", async () => {
  using place = newPlace();
  await Promise.all(Array.from({ length: 20 }, () => attached(place)));
  expect(status(place)).toHaveLength(21);
  expect(status(place).filter(([role]) => role === "owner")).toHaveLength(1);
});

test("a holder killed outright does not keep anybody out", async () => {
  using place = newPlace();
  const first = await attached(place);
  first.cut();
  for (const pid of processesOf(String(place.environment.PET_RUN_DIR))) killQuietly(pid);
  const next = await attached(place);
  next.type("echo a''live\r");
  await next.until("an answer", shows("alive"));
});

test("the log and what follows have no gap and no duplicate, for twenty who come in a flood", async () => {
  using place = newPlace({ PET_SCROLLBACK: "10000000" });
  const first = await attached(place);
  first.type("stty -echo -onlcr; clear; echo begin; seq 1 150000; echo e''nd\r");
  await first.until("the flood", shows("begin"));
  const crowd = [];
  for (let i = 0; i < 20; i++) {
    crowd.push(await attached(place, ["who", `n${i}`]));
    await pause(10);
  }
  for (const near of crowd) {
    await near.until("the flood's end", (frames) => bytes(lastRun(frames)).includes("\nend\n"), 40);
    const numbers =
      bytes(lastRun(near.frames)).toString().split("begin\n").at(-1)?.split("end")[0]?.trim().split("\n") ??
      [];
    expect(numbers.length).toBe(150_000);
    expect(numbers.every((number, i) => Number(number) === i + 1)).toBe(true);
  }
}, 90_000);

/** What counts after the last new beginning. */
function lastRun<One extends { readonly type: string }>(frames: readonly One[]): readonly One[] {
  return frames.slice(frames.findLastIndex(({ type }) => type === "Y") + 1);
}

test("1 MB pasted arrives whole and in order", async () => {
  using place = newPlace();
  const near = await attached(place);
  near.type("stty raw -echo; echo re''ady; head -c 1000000 > pasted; cksum < pasted; stty sane\r");
  await near.until("the program", shows("ready"));
  const paste = Array.from({ length: 100_000 }, (_, i) => String(i).padStart(9, "0"))
    .join("\n")
    .padEnd(1_000_000, "\n");
  near.type(paste);
  const { execFileSync } = await import("node:child_process");
  const sum = execFileSync("cksum", { input: paste }).toString().split(" ")[0] ?? "?";
  await near.until("its sum", shows(sum));
});

test("a paste that nobody reads delays neither output nor a good-bye", async () => {
  using place = newPlace();
  const near = await attached(place);
  near.type("stty raw -echo; (while :; do echo tick; sleep 0.05; done) & sleep 60\r");
  await near.until("the first tick", shows("tick"));
  near.type("p".repeat(3_000_000));
  const before = text(near).split("tick").length;
  await near.until("more", ({ length }) => length > 0 && text(near).split("tick").length > before + 5);
  near.send("b");
  await near.closed;
});

test("100 MB of output leaves the holder small", async () => {
  using place = newPlace();
  const near = await attached(place);
  near.type("echo re''ady\r");
  await near.until("the shell", shows("ready"));
  const before = holderMemory(place);
  near.send("b");
  await near.closed;
  const watcher = await attached(place);
  watcher.type(
    `for i in 1 2 3 4 5; do head -c 20000000 /dev/zero | tr '\\0' 'm' | fold -w 99; done; echo fi''nished\r`,
  );
  await watcher.until("the end", shows("finished"), 60);
  expect(bytes(watcher.frames).length).toBeGreaterThan(100_000_000);
  expect(holderMemory(place) - before).toBeLessThan(12_000_000);
}, 90_000);

test.each([
  ["a frame that is none", "?", "", "protocol"],
  ["a session's name that is a path", "A", "v=1\0session=../x\0", "protocol"],
  ["a version of the future", "A", "v=2\0", "version"],
])("%s is refused by its code", async (_, type, payload, code) => {
  using place = newPlace();
  const { spawnSync } = await import("node:child_process");
  const { frame } = await import("./near-end.ts");
  const program = new URL("../../terminals/base/pet-console", import.meta.url).pathname;
  const { stdout } = spawnSync("perl", ["-w", program], {
    env: place.environment,
    input: frame(type, Buffer.from(payload)),
  });
  expect(stdout.toString("latin1", 0, 1)).toBe("E");
  expect(fieldsOf(stdout.subarray(5))).toMatchObject({ code });
});

test("an unknown frame ends the client with a word, and harms nobody else", async () => {
  using place = newPlace();
  const [good, bad] = [await attached(place), await attached(place)];
  bad.send("Q", "?");
  await bad.until("a word", has("E"));
  good.type("echo fi''ne\r");
  await good.until("an answer", shows("fine"));
});

test("ping is answered with the same bytes", async () => {
  using place = newPlace();
  const near = await attached(place);
  near.send("p", u64(77));
  await near.until("the answer", has("P"));
  expect(near.frames.at(-1)?.payload).toEqual(u64(77));
});

test("a directory of sockets that others may enter is made one's own", async () => {
  using place = newPlace();
  mkdirSync(String(place.environment.PET_RUN_DIR), { mode: 0o777 });
  writeFileSync(join(String(place.environment.PET_RUN_DIR), "main.sock"), "");
  const near = await attached(place);
  expect(has("L")(near.frames)).toBe(true);
});

/** The command launcher: streams, ends, signals, and words that must reach the command as they are. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { begin, ended, fieldsOf, has, launch, run, shows, text } from "./near-end.ts";
import { isAlive, newPlace, waitFor } from "./place.ts";

const place = newPlace();
afterAll(() => place[Symbol.dispose]());

const shells = ["/bin/sh", "/bin/bash", "/usr/bin/zsh", "/usr/bin/fish", "/no/such/shell"].filter(
  (shell) => existsSync(shell) || shell.startsWith("/no"),
);

describe.each(shells)("under the login shell %s", (shell) => {
  const under = { ...place, environment: { ...place.environment, PET_SHELL: shell } };
  writeFileSync(join(place.home, "no-program"), "");

  test.each([
    [["true"], "X 0"],
    [["sh", "-c", "exit 3"], "X 3"],
    [["sh", "-c", "exit 127"], "X 127"],
    [["sh", "-c", "kill -9 $$"], "X 137"],
    [["no-such-command"], "E not-found"],
    [["./no-such-file"], "E not-found"],
    [[""], "E not-found"],
    [["-x"], "E not-found"],
    [["./no-program"], "E not-executable"],
    [["/"], "E not-executable"],
  ])("%j ends as %s", async (argv, last) => {
    expect((await run(under, argv)).last).toBe(last);
  });

  test("words reach the command as they are", async () => {
    const words = ["$(id)", "`id`", "a b", "'\"", "-n", "", "*", "\\", "\n", "€", "$HOME", "; exit 9", "--"];
    expect((await run(under, ["printf", "[%s]", ...words])).stdout).toBe(
      words.map((word) => `[${word}]`).join(""),
    );
  });
});

test("any word without a NUL reaches the command as it is", async () => {
  const word = fc.string({ unit: "binary", maxLength: 40 }).filter((one) => !one.includes("\0"));
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
      const { stdout, last } = await run(place, ["printf", "%s|", "-", ...words]);
      expect(last).toBe("X 0");
      expect(stdout).toBe(["-", ...words].map((one) => `${Buffer.from(one)}|`).join(""));
    }),
    { numRuns: 40 },
  );
});

test("output and errors are kept apart, bytes as they are", async () => {
  const { stdout, stderr } = await run(place, ["sh", "-c", "printf 'a\\0\\377b'; echo oops >&2"]);
  expect(Buffer.from(stdout)).toEqual(Buffer.from("a\0\ufffdb"));
  expect(stderr).toBe("oops\n");
});

test("it runs in the home, as a login, with the environment asked for", async () => {
  writeFileSync(join(place.home, ".profile"), "export FROM_PROFILE=yes\n");
  const near = launch(
    place,
    ["sh", "-c", 'pwd; echo "$HOME $USER $FROM_PROFILE $WISH"'],
    ["env", "WISH=a=b c"],
  );
  expect((await ended(near)).stdout).toBe(`${place.home}\n${place.home} tester yes a=b c\n`);
});

test("a half-close is the end of the command's input and no more", async () => {
  const near = launch(place, ["sh", "-c", "cat; echo after"]);
  near.type("one\n");
  await near.until("the first line", shows("one"));
  near.send("e");
  expect(await ended(near)).toMatchObject({ stdout: "one\nafter\n", last: "X 0" });
});

test("a script is read by the login shell from its input, and its status is the answer", async () => {
  const near = launch(place, [], ["script", 1]);
  near.type("echo run by $0\nexit 7\n");
  near.send("e");
  expect(await ended(near)).toMatchObject({ stdout: "run by -sh\n", last: "X 7" });
});

test("on a terminal it has the size, is told of a new one, and both streams are one", async () => {
  const near = launch(
    place,
    ["sh", "-c", "trap 'stty size' WINCH; stty size; echo err >&2; read x; read y; echo $x$y"],
    ["tty", 1],
    ["cols", 90],
    ["rows", 20],
  );
  await near.until("its size", shows("20 90\r\nerr\r\n"));
  near.send("r", Buffer.from([0, 70, 0, 30]));
  await near.until("the new size", shows("30 70"), 5).catch(() => near.type("\n"));
  near.type("done\n\n");
  expect((await ended(near)).stdout).toContain("30 70");
});

test("on a terminal it is the one that the terminal's keys and signals reach", async () => {
  const script = "trap 'echo caught >/dev/tty; exit 9' TERM; echo on >/dev/tty; while :; do sleep 0.1; done";
  const near = launch(place, ["sh", "-c", script], ["tty", 1]);
  await near.until("its word", shows("on\r\n"));
  near.send("s", Buffer.of(15));
  expect(await ended(near)).toMatchObject({ stdout: expect.stringContaining("caught"), last: "X 9" });
  const interrupted = launch(place, ["sh", "-c", "echo on; exec sleep 60"], ["tty", 1]);
  await interrupted.until("its word", shows("on\r\n"));
  interrupted.type("\x03");
  expect((await ended(interrupted)).last).toBe("X 130");
});

test("5 MB pass through whole, both ways", async () => {
  const line = `${"x".repeat(99)}\n`;
  const near = launch(place, ["cat"]);
  near.type(line.repeat(50_000));
  near.send("e");
  expect((await ended(near)).stdout).toBe(line.repeat(50_000));
}, 60_000);

test("a signal reaches a command that reads nothing of what it is given", async () => {
  const near = launch(
    place,
    ["sh", "-c", "trap 'echo told; exit 4' TERM; echo ready; while :; do sleep 0.05; done"],
    ["credit", 1],
  );
  await near.until("its start", shows("ready"));
  near.type("y".repeat(1024 * 1024));
  near.send("s", Buffer.from([15]));
  expect(await ended(near)).toMatchObject({ stdout: "ready\ntold\n", last: "X 4" });
});

test("what the command takes is credited in all", async () => {
  const near = launch(place, ["sh", "-c", "cat >/dev/null; sleep 0.2"], ["credit", 1]);
  near.type("z".repeat(900_000));
  await near.until("the whole credit", (frames) =>
    frames.some(({ type, payload }) => type === "a" && payload.readBigUInt64BE() === 900_000n),
  );
  near.send("e");
  expect((await ended(near)).last).toBe("X 0");
});

test("output waits where nobody takes it", async () => {
  const near = launch(place, ["sh", "-c", "head -c 20000000 /dev/zero; echo done >&2"]);
  near.hang();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(text(near, "x")).toBe("");
  near.child.stdout.resume();
  expect((await ended(near)).stderr).toBe("done\n");
});

test("signals reach the whole process group", async () => {
  const near = launch(place, ["sh", "-c", "sleep 60 & echo $!; wait"]);
  await near.until("the child's number", shows("\n"));
  near.send("s", Buffer.from([15]));
  expect((await ended(near)).last).toBe("X 143");
  await waitFor("the child's end", () => !isAlive(Number(text(near))));
});

describe("when the line dies", () => {
  test.each([
    ["a command that listens", "trap 'echo hup > hup; exit' HUP; echo $$; while :; do sleep 0.05; done", 1.5],
    ["one that ignores SIGHUP", "trap '' HUP; echo $$; sleep 60 & wait", 3],
    ["one that ignores all it can", "trap '' HUP TERM; echo $$; while :; do sleep 0.2; done", 5],
    ["one that is stopped", "echo $$; kill -STOP $$", 3],
  ])("%s is gone in time", async (_, script, seconds) => {
    const near = launch(place, ["sh", "-c", script]);
    await near.until("its number", shows("\n"));
    const pid = Number(text(near).trim());
    expect(isAlive(pid)).toBe(true);
    near.child.stdin.destroy();
    await waitFor("its end", () => !isAlive(pid), seconds);
    await near.closed;
  });

  test("it hears SIGHUP first", () => {
    expect(readFileSync(join(place.home, "hup"), "utf8")).toBe("hup\n");
  });

  test("children that outlive it are ended too", async () => {
    const near = launch(place, ["sh", "-c", "(trap '' HUP TERM; sleep 61; sleep 62) & echo $!; wait"]);
    await near.until("its number", shows("\n"));
    near.child.stdin.destroy();
    await waitFor("their end", () => !isAlive(Number(text(near).trim())), 5);
  });

  test("after a good-bye everything runs on", async () => {
    const near = launch(place, ["sh", "-c", "echo $$; sleep 1; echo more; echo on > ran-on"]);
    await near.until("its number", shows("\n"));
    near.send("b");
    near.child.stdin.end();
    await waitFor("the end of its work", () => existsSync(join(place.home, "ran-on")), 4);
  });
});

test("what ends with output still in its pipes loses nothing of it", async () => {
  const { stdout } = await run(place, ["sh", "-c", "head -c 60000 /dev/zero; exit 0"]);
  expect(stdout).toHaveLength(60_000);
});

test("a background process that keeps the streams does not delay the end", async () => {
  const near = launch(place, ["sh", "-c", "sleep 30 & echo $!"]);
  await near.until("the end", has("X"), 2);
  process.kill(Number(text(near).trim()));
});

test.each([
  ["a version of the future", "C", [["v", "2"]], "version"],
  ["no command", "C", [["v", "1"]], "protocol"],
] as const)("%s is refused by its code", async (_, type, fields, code) => {
  const near = begin(place, type, fields);
  await ended(near);
  expect(fieldsOf(near.frames.at(-1)?.payload ?? Buffer.alloc(0))).toMatchObject({ code });
});

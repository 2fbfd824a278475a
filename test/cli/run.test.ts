import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { petCommand } from "../support/cli.ts";
import { destroyAfterwards, resident } from "./resident.ts";

const me = resident();
const name = "runner";
destroyAfterwards(me, name);

beforeAll(async () => {
  const made = await me.pet([name, "--start"], { timeoutMs: 300_000 });
  expect(made, made.stderr).toMatchObject({ status: 0 });
}, 300_000);

test("output and errors come apart, and the status is the command's own", async () => {
  const outcome = await me.pet([name, "--", "sh", "-c", "echo out; echo err >&2; exit 7"]);
  expect(outcome).toMatchObject({ status: 7, stdout: "out\n", stderr: "err\n" });
});

test("arguments arrive as they are: no shell reads them", async () => {
  const hostile = [
    "$(id)",
    "`id`",
    "a b",
    "'",
    '"',
    "\\",
    "*",
    "~",
    "",
    "é\u{1f600}",
    "--",
    "-n",
    "a\nb",
    ";true",
  ];
  const { stdout } = await me.pet([name, "--", "printf", "%s\\0", ...hostile]);
  expect(stdout.split("\0").slice(0, -1)).toEqual(hostile);
});

test("it runs in the home, as the person, with the login PATH", async () => {
  // Debian's own ~/.profile puts it on the PATH of a login shell, where it is there.
  await me.pet([name, "--", "mkdir", "-p", "/home/developer/.local/bin"]);
  const { stdout } = await me.pet([name, "--", "sh", "-c", 'pwd; id -u; echo "$PATH"']);
  const [directory, uid, path] = stdout.split("\n");
  expect(directory).toBe("/home/developer");
  expect(uid).toBe("1000");
  expect(path).toContain("/home/developer/.local/bin");
});

test("standard input reaches it whole and ends", async () => {
  const input = Buffer.alloc(3_000_000, "0123456789\x00\xff\r\n");
  const { stdout } = await me.pet([name, "--", "sha256sum"], { input });
  const { createHash } = await import("node:crypto");
  expect(stdout).toContain(createHash("sha256").update(input).digest("hex"));
});

test("binary output comes back byte for byte", async () => {
  const child = spawn(petCommand, [name, "--", "sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' '\\377'"], {
    env: me.env,
  });
  child.stdin.end();
  let [bytes, other] = [0, 0];
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    other += chunk.filter((byte) => byte !== 0xff).length;
  });
  await once(child, "close");
  expect({ bytes, other }).toEqual({ bytes: 5_000_000, other: 0 });
});

test("-n gives it no standard input", async () => {
  const { stdout } = await me.pet([name, "-n", "--", "wc", "-c"], { input: "not for you" });
  expect(stdout.trim()).toBe("0");
});

test.each([
  [["no-such-program"], 127],
  [["/etc/passwd"], 126],
])("%j cannot be run: %i", async (argv, status) => {
  const outcome = await me.pet([name, "--", ...argv]);
  expect(outcome.status).toBe(status);
  expect(outcome.stderr).toContain(argv[0]);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s reaches the command's process group",
  async (signal) => {
    const script = `trap 'echo caught; exit 9' ${signal.slice(3)}; echo ready; while :; do sleep 0.1; done`;
    const child = spawn(petCommand, [name, "--", "bash", "-c", script], { env: me.env });
    let told = "";
    child.stdout.on("data", (chunk) => {
      told += chunk;
      if (told === "ready\n") child.kill(signal);
    });
    const [status] = await once(child, "close");
    expect({ told, status }).toEqual({ told: "ready\ncaught\n", status: 9 });
  },
);

test("on a terminal that is its own: jobs are controlled, and Ctrl-C is for the job in front", async () => {
  const terminal = me.open([name, "--", "bash", "--norc"]);
  await terminal.waitFor("$");
  expect(terminal.screen().join("\n")).not.toContain("no job control");
  terminal.type("sleep 600\r");
  await terminal.waitFor(/sleep 600$/m);
  await terminal.quiet(300);
  terminal.key("ctrl-c");
  terminal.type("echo $?/$(ps -o tty= $$)\r");
  await terminal.waitFor(/^130\/pts/m);
  terminal.type("exit 4\r");
  expect(await terminal.exit).toMatchObject({ status: 4 });
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s reaches it on a terminal, too", async (signal) => {
  const script = `trap 'echo caught; exit 9' ${signal.slice(3)}; echo ready; while :; do sleep 0.1; done`;
  const terminal = me.open([name, "--", "bash", "-c", script]);
  await terminal.waitFor("ready");
  process.kill(terminal.pid, signal);
  expect(await terminal.exit).toMatchObject({ status: 9, signal: 0 });
  expect(terminal.screen().join("\n")).toMatch(/^caught$/m);
});

test("killed outright, what it ran inside ends within 5 s", async () => {
  const mark = `3${process.pid}.25`;
  const child = spawn(
    petCommand,
    [name, "--", "sh", "-c", `sleep ${mark} & trap '' HUP TERM; echo on; sleep ${mark}`],
    { env: me.env },
  );
  await once(child.stdout, "data");
  const running = async () => (await me.pet([name, "--", "pgrep", "-cf", `^sleep ${mark}`])).stdout.trim();
  expect(await running()).toBe("2");
  child.kill("SIGKILL");
  await expect.poll(running, { timeout: 5_000, interval: 200 }).toBe("0");
});

test("a reader that leaves ends it, as in a pipe", async () => {
  const child = spawn("sh", ["-c", `'${petCommand}' ${name} -- yes | head -n 1`], { env: me.env });
  let told = "";
  child.stdout.on("data", (chunk) => {
    told += chunk;
  });
  const [status] = await once(child, "close");
  expect({ told, status }).toEqual({ told: "y\n", status: 0 });
});

test("a file or pipe on standard input is a script for the login shell", async () => {
  const outcome = await me.pet([name], {
    input: "shopt -q login_shell && echo login; cd /tmp; pwd; exit 5\n",
  });
  expect(outcome).toMatchObject({ status: 5, stdout: "login\n/tmp\n" });
});

test("the null device makes it ready and shows its status", async () => {
  const outcome = await me.pet([name]);
  expect(outcome.status).toBe(0);
  expect(outcome.stdout).toContain(`pet-${name}-1`);
});

test("on a terminal it has a terminal", async () => {
  const terminal = me.open(
    [name, "--", "bash", "-c", 'tty; stty size; read -rp "say: " x; echo "<$x>"; exit 3'],
    { cols: 91, rows: 17 },
  );
  await terminal.waitFor("say:");
  expect(terminal.screen().join("\n")).toMatch(/\/dev\/pts\/\d+\n17 91/);
  terminal.type("hello\r");
  expect(await terminal.exit).toMatchObject({ status: 3 });
});

/**
 * The keeper of one Docker Engine of the tests' own, a process of its own: `node keeper.ts SIZE CONFIG`. It raises the
 * engine, says so on its standard output, obeys `start`, `stop` and `kill` on its standard input, and at the end of
 * that input, however it comes about (Ctrl-C and kill -9 of the tests included), it takes everything down again.
 */

import { chownSync, existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { removeControlGroups } from "./cgroups.ts";
import { type Daemon, daemonIn } from "./daemon.ts";
import { openNamespace } from "./namespace.ts";
import { raiseNetwork, removeNetwork } from "./network.ts";
import { sweep } from "./sweep.ts";

/**
 * Under sudo the one who runs the tests may speak to the engine, and nobody else: its socket, whenever it is made anew,
 * is their group's, and the directory around it theirs alone.
 */
const caller = { uid: Number(process.env.SUDO_UID ?? 0), gid: Number(process.env.SUDO_GID ?? 0) };

/** What is taken down at the end, last first. */
const undo: (() => void | Promise<void>)[] = [];

// A Ctrl-C goes to the whole group of processes; the end of input tells the keeper when to go.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
// Nor may an answer that nobody reads any more.
process.stdout.on("error", () => {});

try {
  sweep();
  const daemon = await raise(process.argv[2] ?? "", process.argv[3] ?? "{}");
  answer({ socket: daemon.socket });
  for await (const order of createInterface({ input: process.stdin })) await obey(daemon, order);
} catch (error) {
  answer({ error: error instanceof Error ? error.message : String(error) });
}
for (const step of undo.reverse()) await step();
process.exit();

async function raise(size: string, config: string): Promise<Daemon> {
  const directory = mkdtempSync(join(tmpdir(), `pet-test-${process.pid}-`));
  undo.push(() => rmSync(directory, { recursive: true, force: true }));
  chownSync(directory, caller.uid, caller.gid);
  mkdirSync(join(directory, "data"));
  writeFileSync(join(directory, "daemon.json"), config);
  if (!existsSync("/run/containerd")) {
    mkdirSync("/run/containerd");
    undo.push(() => rmdirSync("/run/containerd"));
  }
  const bridge = `pett${process.pid}`;
  const network = raiseNetwork(bridge);
  undo.push(() => removeNetwork(network));
  undo.push(() => removeControlGroups(bridge));
  const namespace = await openNamespace(join(directory, "data"), size);
  undo.push(() => namespace.close());
  const daemon = daemonIn(namespace, directory, bridge, caller.gid);
  undo.push(() => daemon.kill());
  await daemon.start();
  return daemon;
}

async function obey(daemon: Daemon, order: string): Promise<void> {
  try {
    if (order === "start") await daemon.start();
    if (order === "stop") await daemon.stop();
    if (order === "kill") await daemon.kill();
    answer({ done: order });
  } catch (error) {
    answer({ error: error instanceof Error ? error.message : String(error) });
  }
}

function answer(message: Readonly<Record<string, string>>): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

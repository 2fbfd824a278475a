/** The dockerd of the tests' own: started, stopped and killed inside its namespace. */

import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { answers } from "./api.ts";
import { childrenOf, type Namespace } from "./namespace.ts";

export interface Daemon {
  readonly socket: string;
  start(): Promise<void>;
  /** As a service manager would: SIGTERM, then its end. */
  stop(): Promise<void>;
  /** SIGKILL to dockerd alone; what it started lives on. */
  kill(): Promise<void>;
}

export function daemonIn(namespace: Namespace, directory: string, bridge: string, group: number): Daemon {
  const socket = join(directory, "docker.sock");
  const log = join(directory, "dockerd.log");
  let child: ChildProcess | undefined;

  return {
    socket,
    async start() {
      if (child) return;
      const [command = "", ...enter] = namespace.enter;
      const output = openSync(log, "a");
      child = spawn(command, [...enter, ...dockerd(directory, socket, bridge, group)], {
        stdio: ["ignore", output, output],
        detached: true,
      });
      const { pid } = child;
      while (!(await answers(socket))) {
        if (child.exitCode !== null || pid === undefined) {
          child = undefined;
          throw new Error(`the tests' dockerd did not start; its log ends:\n${lastLines(log)}`);
        }
        await sleep(20);
      }
    },
    async stop() {
      await end("SIGTERM");
    },
    async kill() {
      await end("SIGKILL");
    },
  };

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = undefined;
    if (ending?.pid === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    // The child here is nsenter, which waits; dockerd is its child.
    for (const pid of childrenOf(ending.pid)) process.kill(pid, signal);
    await ended;
  }
}

function dockerd(directory: string, socket: string, bridge: string, group: number): string[] {
  return [
    "dockerd",
    ...["--host", `unix://${socket}`, "--group", String(group)],
    ...["--data-root", join(directory, "data")],
    ...["--exec-root", join(directory, "exec")],
    ...["--pidfile", join(directory, "dockerd.pid")],
    ...["--config-file", join(directory, "daemon.json")],
    ...["--bridge", bridge, "--iptables=false", "--ip6tables=false", "--ip-masq=false", "--ip-forward=false"],
    ...["--exec-opt", "native.cgroupdriver=cgroupfs", "--cgroup-parent", `/${bridge}`],
  ];
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").trim().split("\n").slice(-15).join("\n");
}

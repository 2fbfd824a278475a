/** A listener in front of an engine: it tells what is asked, and can cut in at any request. */

import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { testEngine } from "../support/engine.ts";
import { afterwards, temporaryDirectory } from "../support/temporary.ts";

export interface Proxy {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** What was asked since the last `watch`, in order: `GET /containers/json?…`. */
  requests(): readonly string[];
  /** From now on; what was asked before is forgotten. */
  watch(watcher: Watcher): void;
  /** Cuts every connection there is. */
  cut(): void;
}

export interface Watcher {
  /** Called with each request, and its number from 1, before it goes on to the engine. Held back, it never gets there. */
  readonly onRequest?: (request: string, number: number) => "go on" | "hold";
  /** Called once bytes of a request, or of what follows it, were handed to the engine. */
  readonly onHanded?: (request: string, number: number, bytes: number) => void;
  /** Called with how many bytes the engine has answered since the last `watch`, before the last of them go on. */
  readonly onAnswer?: (bytes: number) => "go on" | "hold";
}

export interface Place {
  /** A path of its own on this machine, or a port of the loopback interface: an engine that seems to be elsewhere. */
  readonly listen?: "unix" | "tcp";
  readonly to?: string;
}

export async function proxy({ listen = "unix", to = testEngine().socket }: Place = {}): Promise<Proxy> {
  let requests: string[] = [];
  let watcher: Watcher = {};
  let answered = 0;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ path: to, allowHalfOpen: true });
    let [current, number] = ["", 0];
    for (const [one, two] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => two.destroy());
      one.on("close", () => {
        open.delete(one);
        two.destroy();
      });
      one.on("end", () => two.end());
    }
    far.on("data", (bytes) => {
      answered += bytes.length;
      if (watcher.onAnswer?.(answered) === "hold") {
        far.pause();
        return;
      }
      if (near.write(bytes)) return;
      far.pause();
      near.once("drain", () => far.resume());
    });
    near.on("data", (bytes) => {
      // Whoever asks waits for the answer before asking more on the same line: a request begins a chunk.
      const head = /^(?:GET|POST|PUT|DELETE|HEAD) \S+(?= HTTP\/1\.1\r\n)/.exec(bytes.toString("latin1"))?.[0];
      if (head !== undefined) {
        requests.push(head.replace(/ \/v\d[\d.]+\//, " /"));
        [current, number] = [requests.at(-1) ?? "", requests.length];
        if (watcher.onRequest?.(current, number) === "hold") return;
      }
      const [request, at] = [current, number];
      if (far.write(bytes, () => watcher.onHanded?.(request, at, bytes.length))) return;
      near.pause();
      far.once("drain", () => near.resume());
    });
  });
  const host = await listening(server, listen);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  afterwards(() => {
    server.close();
    cut();
  });
  return {
    host,
    requests: () => requests,
    watch(next) {
      watcher = next;
      answered = 0;
      requests = [];
    },
    cut,
  };
}

async function listening(server: Server, listen: "unix" | "tcp"): Promise<string> {
  const path = join(temporaryDirectory(), "docker.sock");
  await new Promise<void>((resolve) => {
    if (listen === "unix") server.listen(path, resolve);
    else server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null
    ? `tcp://127.0.0.1:${address.port}`
    : `unix://${path}`;
}

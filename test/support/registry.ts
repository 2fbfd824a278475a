/**
 * A real registry on the loopback interface, Debian's docker-registry, behind a line that can break: it takes as many
 * bytes as it is told, and from then on nobody gets through until it is mended.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { registryProgram } from "../../scripts/setup/test-tools.mjs";
import { afterwards, temporaryDirectory } from "./temporary.ts";

export interface Registry {
  /** HOST:PORT, the same while it lives. */
  readonly address: string;
  /** Lets so many more bytes through, either way, and then nothing. */
  breakAfter(bytes: number): void;
  /** It has come to that. */
  readonly broken: boolean;
  mend(): void;
}

/** Who may use a registry that does not let everybody. */
export const member = { name: "ada", password: "s3cr-et:word" };
const membersFile = "ada:$2b$04$qSOi7SLlAyfdPNxc.f5.YO0kX8Hepp61E2KKqBxy9U75sq7iTc3RC\n";

export async function registry({ for: whom }: { for: "everybody" | "members" }): Promise<Registry> {
  const port = await served(whom);
  const open = new Set<Socket>();
  let left = Number.POSITIVE_INFINITY;

  const server = createServer((near) => {
    if (left <= 0) return near.destroy();
    const far = connect({ host: "127.0.0.1", port });
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
      one.on("data", (bytes) => {
        left -= bytes.length;
        if (left <= 0) {
          for (const socket of open) socket.destroy();
        } else if (!two.write(bytes)) {
          one.pause();
          two.once("drain", () => one.resume());
        }
      });
    }
    return near;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  afterwards(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  const address = server.address();
  return {
    address: `127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    breakAfter(bytes) {
      left = bytes;
    },
    get broken() {
      return left <= 0;
    },
    mend() {
      left = Number.POSITIVE_INFINITY;
    },
  };
}

/** Starts it, and returns the port that it took. */
async function served(whom: "everybody" | "members"): Promise<number> {
  const directory = temporaryDirectory();
  const members = join(directory, "members");
  const config = join(directory, "config.yml");
  writeFileSync(members, membersFile);
  // JSON is YAML.
  writeFileSync(
    config,
    JSON.stringify({
      version: 0.1,
      log: { formatter: "json" },
      storage: { filesystem: { rootdirectory: join(directory, "data") } },
      http: { addr: "127.0.0.1:0" },
      ...(whom === "members" ? { auth: { htpasswd: { realm: "pets", path: members } } } : {}),
    }),
  );
  const child = spawn("setpriv", ["--pdeathsig", "KILL", registryProgram, "serve", config], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  afterwards(async () => {
    const gone = once(child, "close");
    child.kill("SIGKILL");
    await gone;
  });
  return await portOf(child);
}

async function portOf(child: ChildProcess): Promise<number> {
  const said: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const ended = () => reject(new Error(`the tests' registry ended; it said:\n${said.join("\n")}`));
  child.once("error", reject);
  child.once("close", ended);
  if (child.stderr === null) throw new Error("the tests' registry has no standard error");
  createInterface({ input: child.stderr }).on("line", (line) => {
    const port = /listening on 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) resolve(Number(port));
    if (said.length < 20) said.push(line);
  });
  return await promise;
}

/** The engine in memory, with functions for the programs that the cases run. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Program, written } from "../../src/engine/memory/doors.ts";
import { memoryEngine } from "../../src/engine/memory/index.ts";
import type { Ground } from "./ground.ts";

export async function memoryGround(): Promise<Ground> {
  const image = "ground:1";
  const baseImage = "base:1";
  return {
    engine: memoryEngine({ images: [image, baseImage], programs: { printf, sh } }),
    image,
    baseImage,
    registry: "registry.test",
    clean: async () => {},
  };
}

/** Of printf, the one format that the cases use. */
const printf: Program = async ({ args: [, ...values], stdout }) => {
  for (const value of values) await written(stdout, `${value}\0`);
  return 0;
};

const sh: Program = (io) => scripts[io.args[1] ?? ""]?.(io) ?? Promise.resolve(2);

const scripts: Readonly<Record<string, Program>> = {
  "exit 3": async () => 3,
  "echo out; echo err >&2": async ({ stdout, stderr }) => {
    stdout.write("out\n");
    stderr.write("err\n");
    return 0;
  },
  "cat >/dev/null; echo done": async ({ stdin, stdout }) => {
    for await (const _ of stdin);
    stdout.write("done\n");
    return 0;
  },
  "yes | head -c 16777216": async ({ stdout }) => {
    const chunk = Buffer.from("y\n".repeat(32 * 1024));
    for (let left = 16 * 1024 * 1024; left > 0; left -= chunk.length) await written(stdout, chunk);
    return 0;
  },
  "sleep 1; wc -c": async ({ stdin, stdout }) => {
    await sleep(1000);
    let count = 0;
    for await (const chunk of stdin) count += chunk.length;
    stdout.write(`${count}\n`);
    return 0;
  },
  "head -c 1; exit 4": async ({ stdin, stdout }) => {
    for await (const chunk of stdin) {
      stdout.write(chunk.subarray(0, 1));
      break;
    }
    return 4;
  },
  "sleep 5": async () => {
    await sleep(5000, undefined, { ref: false });
    return 0;
  },
  "yes >&2 & sleep 1; kill $!; echo out": async ({ stdout, stderr }) => {
    await written(stderr, Buffer.alloc(4096, "y\n"));
    stdout.write("out\n");
    return 0;
  },
};

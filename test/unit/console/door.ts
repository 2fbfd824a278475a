/** A door without an engine: a program of this machine, its streams taken for the workspace's. */

import { spawn } from "node:child_process";
import type { Door, Tty } from "../../../src/engine/engine.ts";
import type { ContainerName } from "../../../src/pet/names.ts";

const tty: Tty = {
  name: "pet-foo-1" as ContainerName,
  id: "",
  state: "running",
  since: undefined,
  exitStatus: undefined,
  image: "",
  imageId: "",
  labels: {},
};

export function doorTo(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
): Door & { kill(): void } {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: "pipe" });
  const exit = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) =>
      signal === null ? resolve(code ?? 0) : reject(new Error(`killed: ${signal}`)),
    );
  });
  exit.catch(() => {});
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exit,
    tty,
    close() {
      child.stdin.destroy();
      child.stdout.destroy();
      child.stderr.destroy();
    },
    kill: () => void child.kill("SIGKILL"),
  };
}

export { tty as someTty };

/** What the rows are measured on: a pet called `bench`, and the same image without pet. */

import { execFileSync, spawnSync } from "node:child_process";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { call } from "../test/support/engine/api.ts";
import { hostEnvironment } from "../test/support/environment.ts";
import { inTerminal, type Session, toEnd } from "./timed.ts";

export const container = "pet-bench-1";

export interface Stage {
  readonly env: Readonly<Record<string, string>>;
  readonly image: string;
  /** The build context of that image, as a tar archive, and the arguments it is built with. */
  readonly recipe: Recipe;
  /** The same with one package more. */
  readonly withPackage: Recipe;
  pet(...args: readonly string[]): Promise<number>;
  docker(...args: readonly string[]): Promise<number>;
  petTerminal(...args: readonly string[]): Session;
  dockerTerminal(...args: readonly string[]): Session;
  /** What it was measured on, in a line. */
  machine(): Promise<string>;
  close(): Promise<void>;
}

export interface Recipe {
  readonly context: Buffer;
  readonly buildArgs: readonly string[];
}

const petCommand = fileURLToPath(new URL("../bin/pet", import.meta.url));

export async function openStage(socket: string, home: string, baseImage: string): Promise<Stage> {
  const env = {
    ...hostEnvironment(),
    HOME: home,
    PET_CONFIG_HOME: join(home, "config"),
    DOCKER_HOST: `unix://${socket}`,
    DOCKER_BUILDKIT: "0",
  };
  await toEnd(petCommand, ["bench", "--start"], env);
  const image = execFileSync("docker", ["inspect", "--format={{.Config.Image}}", container], {
    env,
    encoding: "utf8",
  });
  return {
    env,
    image: image.trim(),
    recipe: await recipe(home, baseImage, []),
    withPackage: await recipe(home, baseImage, ["tree"]),
    pet: (...args) => toEnd(petCommand, args, env),
    docker: (...args) => toEnd("docker", args, env),
    petTerminal: (...args) => inTerminal(petCommand, args, env),
    dockerTerminal: (...args) => inTerminal("docker", args, env),
    machine: () => machine(socket),
    async close() {
      // An engine that somebody keeps is left as it was.
      const crowd = execFileSync("docker", ["ps", "--all", "--quiet", "--filter=name=pet-crowd|bench-peer"], {
        env,
        encoding: "utf8",
      });
      const left = crowd.split("\n").filter((id) => id !== "");
      if (left.length > 0) await toEnd("docker", ["rm", "--force", ...left], env);
      await toEnd("docker", ["volume", "rm", "--force", "bench-peer"], env);
      await toEnd(petCommand, ["bench", "--destroy", "--yes"], env);
    },
  };
}

/** As pet itself would send it. */
async function recipe(home: string, baseImage: string, packages: readonly string[]): Promise<Recipe> {
  const { baseImageArgument, prepareImage } = await import("../src/image/prepare.ts");
  const { readSettings } = await import("../src/config/settings.ts");
  const { settings } = readSettings(join(home, "no.env"));
  const prepared = await prepareImage({ ...settings, packages }, { configDirectory: join(home, "config") });
  const wanted = { ...prepared.buildArgs, [baseImageArgument]: baseImage };
  const buildArgs = Object.entries(wanted).map(([name, value]) => `--build-arg=${name}=${value}`);
  return { context: await buffer(prepared.context()), buildArgs };
}

async function machine(socket: string): Promise<string> {
  const answer = await call(socket, "GET", "/version");
  const engine: unknown = JSON.parse((await buffer(answer)).toString());
  const version = typeof engine === "object" && engine !== null && "Version" in engine ? engine.Version : "?";
  const client = spawnSync("docker", ["version", "--format={{.Client.Version}}"], {
    encoding: "utf8",
  }).stdout.trim();
  const [processor] = cpus();
  return `${cpus().length} × ${processor?.model.trim()}, Linux ${release().split("-")[0]}, Docker Engine ${version}, docker client ${client}, Node ${process.versions.node}`;
}

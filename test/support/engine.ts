/**
 * The Docker Engine of the tests' own: never the one that answers on this machine. A project gets it by naming
 * test/support/engine-setup.ts as its global set-up.
 */

import { copyImages } from "./engine/api.ts";
import { startKeeper } from "./engine/client.ts";

/** Carries the engine from the global set-up to the tests, as JSON. */
export const engineVariable = "PET_TEST_ENGINE";

export interface TestEngine {
  /** Path of the engine's unix socket. */
  readonly socket: string;
  /** The same as DOCKER_HOST wants it. */
  readonly dockerHost: string;
  /** The image that recipes start from, there already. */
  readonly baseImage: string;
}

export function testEngine(): TestEngine {
  const given = process.env[engineVariable];
  if (!given) throw new Error("no engine: this test's project lacks test/support/engine-setup.ts");
  const { socket, baseImage } = JSON.parse(given);
  return { socket, dockerHost: `unix://${socket}`, baseImage };
}

export interface OwnEngine extends TestEngine, AsyncDisposable {
  start(): Promise<void>;
  /** As a service manager stops it: its containers end too. */
  stop(): Promise<void>;
  /** Kills dockerd alone, at once; containers go on until it is started again. */
  kill(): Promise<void>;
  /** Takes it down for good. */
  end(): Promise<void>;
}

/**
 * A further engine, for a test that stops it, kills it or fills its disk: `await using engine = await ownEngine()`.
 * `images` are copied in from the tests' engine (the base image unless said otherwise); `size` limits its data root
 * (`"400m"`, held in memory); `config` is its daemon.json.
 */
export async function ownEngine({
  images = [testEngine().baseImage],
  size = "",
  config = {},
}: {
  images?: readonly string[];
  size?: string;
  config?: object;
} = {}): Promise<OwnEngine> {
  const { socket: source, baseImage } = testEngine();
  const keeper = await startKeeper(size, config);
  if (images.length > 0) await copyImages(source, keeper.socket, images);
  return {
    socket: keeper.socket,
    dockerHost: `unix://${keeper.socket}`,
    baseImage,
    start: () => keeper.tell("start"),
    stop: () => keeper.tell("stop"),
    kill: () => keeper.tell("kill"),
    end: () => keeper.end(),
    [Symbol.asyncDispose]: () => keeper.end(),
  };
}

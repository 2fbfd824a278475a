/** Builds with the engine's classic builder, which every engine from 20.10 has behind its plain API. */

import type { ImageBuildOptions } from "dockerode";
import { fail, type PetError } from "../../pet/errors.ts";
import type { BuildRequest, Progress } from "../engine.ts";
import { type Client, messageIn, statusOf } from "./client.ts";
import { isDiskFull } from "./failures.ts";
import { textAt } from "./json.ts";
import { type ProgressReader, progressReader } from "./progress.ts";

export async function* build(client: Client, request: BuildRequest): AsyncGenerator<Progress> {
  const options: ImageBuildOptions = {
    t: request.tag,
    buildargs: request.buildArgs,
    labels: request.labels,
    nocache: request.noCache,
    rm: true,
    forcerm: true,
    version: "1",
    ...(request.pull ? { pull: true } : {}),
  };
  const stream = await client.use(async (docker) => {
    try {
      return await docker.buildImage(request.context(), options);
    } catch (error) {
      if (statusOf(error) !== 400) throw error;
      throw fail("BUILD_FAILED", { step: "it is no Dockerfile" }, { detail: messageIn(error), cause: error });
    }
  });
  const progress = progressReader("the build context");
  try {
    let built = false;
    for await (const message of client.read(stream)) {
      const error = textAt(message, "error");
      if (error !== "") throw buildFailure(error, progress, request);
      built ||= textAt(message, "aux", "ID") !== "";
      yield* progress.read(message);
    }
    if (!built) throw fail("ENGINE_FAILED", { reason: "the build ended without an image" });
  } finally {
    // Somebody who stops listening stops the build: the engine sees the line go.
    (stream as { destroy?: () => void }).destroy?.();
  }
}

function buildFailure(error: string, progress: ProgressReader, request: BuildRequest): PetError {
  const detail = [...progress.lastLines, error].join("\n");
  if (isDiskFull(detail)) return fail("DISK_FULL", {}, { detail });
  if (isEngineGoing(error)) return fail("ENGINE_FAILED", { reason: error }, { detail });
  const step = progress.step;
  const from = /^Step \d+\/\d+ : FROM (?:--\S+ )*(\S+)/i.exec(step)?.[1];
  if (from === undefined) return fail("BUILD_FAILED", { step }, { detail });
  return fail("BASE_IMAGE_MISSING", { image: filled(from, request.buildArgs) }, { detail });
}

/** An engine that is stopped says so of what it was at: no recipe can mend that. */
function isEngineGoing(error: string): boolean {
  return /transport is closing|connection is closing|context canceled|: unavailable$|failed to update store/.test(
    error,
  );
}

function filled(text: string, buildArgs: BuildRequest["buildArgs"]): string {
  return text.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => buildArgs[name] ?? whole);
}

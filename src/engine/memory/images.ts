import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";
import { fail } from "../../pet/errors.ts";
import type { BuildRequest, Engine, Progress } from "../engine.ts";
import { findImage, type Store } from "./store.ts";

export function imagesIn(store: Store): Pick<Engine, "image" | "build" | "pull" | "offered"> {
  return {
    image: async (reference) => findImage(store, reference),

    async *build(request) {
      const lines = instructions(await dockerfileIn(request.context()));
      for (const [index, line] of lines.entries()) {
        const step = `Step ${index + 1}/${lines.length} : ${line}`;
        yield { step };
        yield* carriedOut(store, line, step, request);
      }
      store.images.set(request.tag, { id: `sha256:${store.next()}`, labels: request.labels });
    },

    // biome-ignore lint/correctness/useYield: there is no registry to tell of.
    async *pull(reference) {
      if (!store.images.has(reference)) throw fail("PULL_FAILED", { image: reference });
    },

    async offered(reference) {
      if (!store.images.has(reference)) throw fail("PULL_FAILED", { image: reference });
      return "offered";
    },
  };
}

/** Of all instructions the ones that a test can tell: FROM, `RUN echo …` and `RUN false`. */
function* carriedOut(
  store: Store,
  line: string,
  step: string,
  { buildArgs }: BuildRequest,
): Generator<Progress> {
  const [, instruction = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
  if (instruction === "FROM") {
    const image = rest.replace(/\$\{?(\w+)\}?/, (_, name: string) => buildArgs[name] ?? "");
    if (!store.images.has(image)) throw fail("BASE_IMAGE_MISSING", { image });
  }
  if (instruction !== "RUN") return;
  const said = /^echo (.*?)(?: && false)?$/.exec(rest)?.[1];
  if (said !== undefined) yield { step, line: said };
  if (/\bfalse$/.test(rest)) throw fail("BUILD_FAILED", { step }, { detail: `${said ?? ""}\nreturned 1` });
}

function instructions(dockerfile: string): readonly string[] {
  return dockerfile.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

async function dockerfileIn(context: Readable): Promise<string> {
  let found = "";
  for await (const entry of context.pipe(extract())) {
    const content = await buffer(entry as unknown as Readable);
    if (entry.header.name === "Dockerfile") found = content.toString();
  }
  return found;
}

import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";
import { fail } from "../../pet/errors.ts";
import { isOwned } from "../../pet/labels.ts";
import type { BuildRequest, Engine, Progress, StoredImage } from "../engine.ts";
import { findImage, type Store } from "./store.ts";

export function imagesIn(
  store: Store,
): Pick<Engine, "image" | "images" | "removeImage" | "build" | "pull" | "offered"> {
  return {
    image: async (reference) => findImage(store, reference),
    images: async () => storedImages(store),

    async removeImage({ id }, name) {
      if (name === undefined) return;
      const found = store.images.get(name);
      if (found === undefined) return;
      if (!isOwned(found.labels, "image")) throw fail("FOREIGN", { kind: "image", name });
      if (found.id !== id || isUsed(store, id)) throw fail("IMAGE_IN_USE", { image: name });
      store.images.delete(name);
    },

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

/** One whose name went to another image is forgotten: none is without a name here. */
function storedImages(store: Store): readonly StoredImage[] {
  const own = [...store.images].filter(([, { labels }]) => isOwned(labels, "image"));
  return own.map(([name, { id, labels }]) => ({
    id,
    names: [name],
    pinned: false,
    created: undefined,
    bytes: undefined,
    used: isUsed(store, id),
    labels,
  }));
}

function isUsed(store: Store, id: string): boolean {
  return [...store.ttys.values()].some(({ tty }) => tty.imageId === id);
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

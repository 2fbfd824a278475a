import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";
import { fail } from "../../pet/errors.ts";
import { isOwned } from "../../pet/labels.ts";
import { readReference, usualRegistry } from "../../pet/reference.ts";
import type { BuildRequest, Engine, Image, Progress, StoredImage } from "../engine.ts";
import { findImage, imageOf, type Store } from "./store.ts";

export function imagesIn(
  store: Store,
): Pick<Engine, "image" | "images" | "removeImage" | "build" | "pull" | "offered" | "push"> {
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
      store.images.set(request.tag, imageOf(`sha256:${store.next()}`, request.labels));
    },

    async *pull(reference) {
      const image = inRegistry(store, reference);
      yield { step: "1 of 1 layers" };
      store.images.set(reference, image);
    },

    async *push(image, reference) {
      const found = findImage(store, image);
      if (found === undefined) throw fail("NO_IMAGE", { image });
      const holder = store.images.get(reference);
      if (holder !== undefined && holder.id !== found.id && !isOwned(holder.labels, "image"))
        throw fail("FOREIGN", { kind: "image", name: reference });
      yield { step: "1 of 1 layers" };
      const digest = `sha256:${createHash("sha256").update(found.id).digest("hex")}`;
      const byDigest = `${reference.slice(0, reference.lastIndexOf(":"))}@${digest}`;
      for (const known of [reference, byDigest]) {
        store.images.set(known, found);
        store.registry.set(known, found);
      }
      return digest;
    },

    async offered(reference) {
      inRegistry(store, reference);
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

/** Before anything was pushed nobody answers. @throws REGISTRY_UNREACHABLE, IMAGE_UNKNOWN */
function inRegistry(store: Store, reference: string): Image {
  const found = store.registry.get(reference);
  if (found !== undefined) return found;
  const { registry = usualRegistry } = readReference(reference) ?? {};
  throw fail(store.registry.size === 0 ? "REGISTRY_UNREACHABLE" : "IMAGE_UNKNOWN", {
    image: reference,
    registry,
  });
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
    if (image !== "scratch" && !store.images.has(image)) throw fail("BASE_IMAGE_MISSING", { image });
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

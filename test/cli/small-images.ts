/** Images of a few bytes, which no workspace can be made from: enough for what happens before that. */

import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { runToEnd } from "../support/cli.ts";
import { testEngine } from "../support/engine.ts";
import { hostEnvironment } from "../support/environment.ts";

export const usable = { "pet.kind": "image", "pet.contract": "1" };

/** Made under this name on the tests' engine; the tag is in it, so that no two are one. From another it is as large as that. */
export async function small(
  name: string,
  labels: Readonly<Record<string, string>>,
  from = "scratch",
): Promise<void> {
  const lines = Object.entries({ ...labels, small: name }).map(([key, value]) => `LABEL ${key}=${value}\n`);
  await dockerGiven(["build", "--tag", name, "-"], `FROM ${from}\n${lines.join("")}`);
}

const elsewhere = { os: "linux", architecture: "s390x" };

/** One with the contract's labels for a machine that nobody runs tests on. */
export async function smallElsewhere(name: string): Promise<void> {
  const layer = Buffer.alloc(1024);
  const diff = `sha256:${createHash("sha256").update(layer).digest("hex")}`;
  const rootfs = { type: "layers", diff_ids: [diff] };
  const manifest = [{ Config: "config.json", RepoTags: [name], Layers: ["layer.tar"] }];
  const tar = pack();
  tar.entry({ name: "config.json" }, JSON.stringify({ ...elsewhere, config: { Labels: usable }, rootfs }));
  tar.entry({ name: "layer.tar" }, layer);
  tar.entry({ name: "manifest.json" }, JSON.stringify(manifest));
  tar.finalize();
  await dockerGiven(["load"], await buffer(tar));
}

/** Has a registry offer an image of such a machine's, and no other, under this name. */
export async function offerElsewhere(registry: string, path: string, tag: string): Promise<void> {
  const one = `${registry}/${path}:elsewhere`;
  await smallElsewhere(one);
  await dockerGiven(["push", one], "");
  const manifests = `http://${registry}/v2/${path}/manifests`;
  const type = "application/vnd.docker.distribution.manifest.v2+json";
  const offered = await fetch(`${manifests}/elsewhere`, { headers: { accept: type } });
  const [mediaType, digest] = [
    offered.headers.get("content-type"),
    offered.headers.get("docker-content-digest"),
  ];
  const { byteLength: size } = await offered.arrayBuffer();
  const list = "application/vnd.docker.distribution.manifest.list.v2+json";
  const answer = await fetch(`${manifests}/${tag}`, {
    method: "PUT",
    headers: { "content-type": list },
    body: JSON.stringify({
      schemaVersion: 2,
      mediaType: list,
      manifests: [{ mediaType, digest, size, platform: elsewhere }],
    }),
  });
  if (answer.status !== 201) throw new Error(`the registry did not take the list: ${await answer.text()}`);
}

/** Runs `docker …` with this on its standard input. */
export async function dockerGiven(
  args: readonly string[],
  input: string | Uint8Array,
  host = testEngine().dockerHost,
): Promise<void> {
  const env = { ...hostEnvironment(), DOCKER_HOST: host };
  const { status, stderr } = await runToEnd("docker", args, { env, input });
  if (status !== 0) throw new Error(`docker ${args.join(" ")}: ${stderr}`);
}

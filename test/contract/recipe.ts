import { Readable } from "node:stream";
import { pack } from "tar-stream";

/** A build context of a Dockerfile and nothing else. */
export function dockerfileContext(dockerfile: string): Readable {
  const tar = pack();
  tar.entry({ name: "Dockerfile" }, dockerfile);
  tar.finalize();
  return Readable.from(tar, { objectMode: false });
}

/** A person's own recipes, small enough to be built in a moment: pet's own programs on the bare base image. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Person } from "../support/cli.ts";

/**
 * Writes a recipe under the person's configuration directory. The steps come first, as lines of a Dockerfile; with
 * the files beside it that they copy.
 */
export function recipe(
  me: Person,
  name: string,
  steps: string,
  files: Readonly<Record<string, string>> = {},
): void {
  const directory = join(me.config, "terminals", name);
  mkdirSync(directory, { recursive: true });
  const dockerfile = `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
${steps}
COPY base /tmp/pet/base
RUN sh /tmp/pet/base/image/finish.sh
USER 1000:1000
WORKDIR /home
ENTRYPOINT ["/usr/lib/pet/entry"]
`;
  for (const [path, content] of Object.entries({ ...files, Dockerfile: dockerfile })) {
    writeFileSync(join(directory, path), content);
  }
}

/** Someone's pets of that recipe, from now on: a line of its .env file. */
export const tiny = "PET_TERMINAL=tiny";

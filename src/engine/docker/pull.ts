/** Fetches an image from its registry. */

import { fail } from "../../pet/errors.ts";
import type { Progress } from "../engine.ts";
import { type Client, messageIn, statusOf } from "./client.ts";
import { isDiskFull } from "./failures.ts";
import { textAt } from "./json.ts";
import { progressReader } from "./progress.ts";

export async function* pull(client: Client, reference: string): AsyncGenerator<Progress> {
  const stream = await client.use(async (docker) => {
    try {
      return await docker.pull(reference);
    } catch (error) {
      if (statusOf(error) === undefined) throw error;
      throw pullFailure(reference, messageIn(error));
    }
  });
  const progress = progressReader(reference);
  for await (const message of client.read(stream)) {
    const error = textAt(message, "error");
    if (error !== "") throw pullFailure(reference, error);
    yield* progress.read(message);
  }
}

function pullFailure(image: string, detail: string) {
  return isDiskFull(detail) ? fail("DISK_FULL", {}, { detail }) : fail("PULL_FAILED", { image }, { detail });
}

/** What happens to TTYs, as it happens. */

import { label } from "../../pet/labels.ts";
import type { ContainerName } from "../../pet/names.ts";
import type { Labels } from "../../pet/workspace.ts";
import type { TtyEvent } from "../engine.ts";
import type { Client } from "./client.ts";
import { numberAt, textAt } from "./json.ts";
import { labelFilter } from "./lists.ts";

export async function* followEvents(
  client: Client,
  labels: Labels,
  signal: AbortSignal,
): AsyncGenerator<TtyEvent> {
  if (signal.aborted) return;
  const filters = {
    type: ["container"],
    event: [...kinds],
    label: labelFilter({ [label.kind]: "tty", ...labels }),
  };
  const stream = await client.use((docker) =>
    docker.getEvents({ filters: JSON.stringify(filters), abortSignal: signal }),
  );
  try {
    for await (const message of client.read(stream)) {
      const event = readEvent(message);
      if (event !== undefined) yield event;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const kinds = new Set<string>(["create", "start", "die", "destroy"] satisfies TtyEvent["kind"][]);

function readEvent(message: unknown): TtyEvent | undefined {
  const kind = textAt(message, "Action");
  if (!isKind(kind)) return undefined;
  return {
    name: textAt(message, "Actor", "Attributes", "name") as ContainerName,
    kind,
    at: new Date((numberAt(message, "time") ?? 0) * 1000),
  };
}

function isKind(kind: string): kind is TtyEvent["kind"] {
  return kinds.has(kind);
}

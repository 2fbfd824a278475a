import type { ContainerName } from "../../pet/names.ts";
import type { Engine, LogManner } from "../engine.ts";
import { requireTty, type Store } from "./store.ts";

export function logsIn(store: Store): Pick<Engine, "logs" | "logLines"> {
  return {
    async logs(name, lines) {
      const written = linesIn(requireTty(store, name).log);
      return written
        .slice(-lines)
        .map((line) => `${line}\n`)
        .join("");
    },
    logLines: (name, manner) => logLines(store, name, manner),
  };
}

async function* logLines(
  store: Store,
  name: ContainerName,
  { follow, signal }: LogManner,
): AsyncGenerator<string> {
  const held = requireTty(store, name);
  let given = 0;
  const fresh = () => {
    const lines = linesIn(held.log).slice(given);
    given += lines.length;
    return lines;
  };
  yield* fresh();
  while (follow && held.tty.state === "running" && !signal.aborted) {
    await somethingHappened(store, name, signal);
    yield* fresh();
  }
}

function linesIn(log: string): readonly string[] {
  return log.split("\n").slice(0, -1);
}

function somethingHappened(store: Store, name: ContainerName, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      store.listeners.delete(listener);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const listener: Parameters<Store["listeners"]["add"]>[0] = (event) => {
      if (event.name === name) done();
    };
    store.listeners.add(listener);
    signal.addEventListener("abort", done);
  });
}

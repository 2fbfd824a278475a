/** Ends a run of pet at one kind of request that it makes of the engine: killed before or after that, or its line cut. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "vitest";
import { type Person, petCommand } from "../support/cli.ts";
import type { Proxy as Line } from "./proxy.ts";

export type Moment = "before" | "after" | "cut";

export interface Ending {
  readonly me: Person;
  /** The line to the engine at which it happens; `me` uses no other. */
  readonly line: Line;
  readonly moment: Moment;
}

/** The kinds of requests that a whole run makes, in the order of their first. */
export async function kindsOf(line: Line, run: () => Promise<unknown>): Promise<readonly string[]> {
  line.watch({});
  await run();
  return [...new Set(line.requests().map(kinds()))];
}

/** Runs pet until its first request of this kind, and waits for its end. */
export async function endedAt(
  { me, line, moment }: Ending,
  words: readonly string[],
  wanted: string,
): Promise<void> {
  const child = spawn(petCommand, [...words], { env: me.env, stdio: "ignore" });
  const [before, after] = [kinds(), kinds()];
  let ended = false;
  let [kind, number] = ["", 0];
  const end = () => {
    ended = true;
    if (moment === "cut") line.cut();
    else child.kill("SIGKILL");
  };
  line.watch({
    onRequest(request) {
      if (ended) return moment === "cut" ? "go on" : "hold";
      if (moment === "after" || before(request) !== wanted) return "go on";
      end();
      return "hold";
    },
    onHanded(request, at) {
      if (moment !== "after" || ended) return;
      // Of one request several parts may be handed over.
      if (at !== number) [kind, number] = [after(request), at];
      if (kind === wanted) end();
    },
  });
  await once(child, "close");
  line.watch({});
  expect(ended, `${wanted} was not met`).toBe(true);
}

/**
 * What kind of request it is: without identifiers, and with the number that it has among the engine's changes of that
 * kind (looks may be repeated, and one is as good as another).
 */
function kinds(): (request: string) => string {
  const seen = new Map<string, number>();
  return (request) => {
    const kind = request
      .replace(/\?(?!name=).*|&.*/, "")
      .replace(/(?<=^GET \/\w+\/).+(?=\/json)|[0-9a-f]{64}/g, "…");
    if (kind.startsWith("GET ")) return kind;
    const number = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, number);
    return number === 1 ? kind : `${kind} (${number})`;
  };
}

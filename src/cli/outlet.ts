/** Standard output for what may be long: it waits for a slow reader, and notices one that has gone. */

import { once } from "node:events";

export interface Outlet {
  write(line: string): Promise<void>;
  /** Aborted when nobody reads any more, or a Ctrl-C ends it. */
  readonly over: AbortSignal;
  /** The exit status of the whole: 130 after a Ctrl-C, and 0 where the reader had enough. */
  close(): 0 | 130;
}

export function openOutlet(): Outlet {
  const end = new AbortController();
  let status: 0 | 130 = 0;
  const gone = () => end.abort();
  const interrupted = () => {
    status = 130;
    end.abort();
  };
  process.stdout.on("error", gone);
  process.on("SIGINT", interrupted);
  return {
    over: end.signal,
    async write(line) {
      if (end.signal.aborted || process.stdout.write(`${line}\n`)) return;
      // Rejects once it is over: then there is nothing to wait for.
      await once(process.stdout, "drain", { signal: end.signal }).catch(() => {});
    },
    close() {
      process.off("SIGINT", interrupted);
      return status;
    },
  };
}

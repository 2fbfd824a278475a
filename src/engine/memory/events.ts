import { EventEmitter, on } from "node:events";
import type { Engine, TtyEvent } from "../engine.ts";
import { carries, type Store } from "./store.ts";

export function eventsIn(store: Store): Pick<Engine, "events"> {
  return {
    async *events(labels, signal) {
      if (signal.aborted) return;
      const heard = new EventEmitter();
      const listener: Parameters<Store["listeners"]["add"]>[0] = (event, theirs) => {
        if (carries(theirs, labels)) heard.emit("tty", event);
      };
      store.listeners.add(listener);
      try {
        for await (const [event] of on(heard, "tty", { signal })) yield event as TtyEvent;
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        store.listeners.delete(listener);
      }
    },
  };
}

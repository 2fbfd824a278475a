import { fail } from "../../pet/errors.ts";
import { label } from "../../pet/labels.ts";
import type { Engine } from "../engine.ts";
import { findImage, type Store } from "./store.ts";

export function locksIn(store: Store): Pick<Engine, "lock" | "lockedBy"> {
  return {
    async lockedBy(key) {
      const held = store.locks.get(key);
      if (held === undefined) return undefined;
      const { labels, image } = held;
      return { who: labels[label.holder] ?? "", since: new Date(labels[label.since] ?? ""), image };
    },

    async lock(key, holder, image) {
      if (findImage(store, image) === undefined) throw fail("NO_IMAGE", { image });
      const held = store.locks.get(key);
      if (held !== undefined) {
        throw fail("LOCKED", {
          holder: held.labels[label.holder] ?? "",
          since: held.labels[label.since] ?? "",
        });
      }
      const labels = { [label.holder]: holder, [label.since]: new Date().toISOString() };
      const mine = { labels, image };
      store.locks.set(key, mine);
      return {
        async release() {
          if (store.locks.get(key) === mine) store.locks.delete(key);
        },
      };
    },
  };
}

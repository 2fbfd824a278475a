import { fail } from "../../pet/errors.ts";
import { label } from "../../pet/labels.ts";
import type { Engine } from "../engine.ts";
import { findImage, type Store } from "./store.ts";

export function locksIn(store: Store): Pick<Engine, "lock"> {
  return {
    async lock(key, holder, image) {
      if (findImage(store, image) === undefined) throw fail("NO_IMAGE", { image });
      const held = store.locks.get(key);
      if (held !== undefined) {
        throw fail("LOCKED", { holder: held[label.holder] ?? "", since: held[label.since] ?? "" });
      }
      const mine = { [label.holder]: holder, [label.since]: new Date().toISOString() };
      store.locks.set(key, mine);
      return {
        async release() {
          if (store.locks.get(key) === mine) store.locks.delete(key);
        },
      };
    },
  };
}

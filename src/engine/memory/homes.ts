import { fail } from "../../pet/errors.ts";
import { isOwned, label } from "../../pet/labels.ts";
import type { HomeName } from "../../pet/names.ts";
import type { Engine } from "../engine.ts";
import { carries, type Files, type Store } from "./store.ts";

export function homesIn(store: Store): Pick<Engine, "homes" | "ensureHome" | "removeHome" | "homeSizes"> {
  const find = (name: HomeName) => {
    const held = store.homes.get(name);
    if (held !== undefined && !isOwned(held.home.labels, "home"))
      throw fail("FOREIGN", { kind: "volume", name });
    return held;
  };
  return {
    homes: async (labels) =>
      [...store.homes.values()]
        .map(({ home }) => home)
        .filter((home) => carries(home.labels, { [label.kind]: "home", ...labels }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),

    async ensureHome(home) {
      if (find(home.name) !== undefined) return;
      store.homes.set(home.name, { home: { ...home, created: new Date() }, files: new Map() });
    },

    async removeHome(name) {
      if (find(name) === undefined) return;
      const used = [...store.ttys.values()].some(({ workspace }) => workspace.home === name);
      if (used) throw fail("HOME_IN_USE", { name });
      store.homes.delete(name);
    },

    async homeSizes() {
      const bytes = (files: Files) =>
        [...files.values()].reduce((sum, { content }) => sum + content.length, 0);
      const own = [...store.homes.values()].filter(({ home }) => isOwned(home.labels, "home"));
      return new Map(own.map(({ home, files }) => [home.name, bytes(files)]));
    },
  };
}

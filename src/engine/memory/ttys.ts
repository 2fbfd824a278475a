import { fail } from "../../pet/errors.ts";
import { isOwned, labelsOfHome } from "../../pet/labels.ts";
import type { Workspace } from "../../pet/workspace.ts";
import type { Engine, Image, Tty } from "../engine.ts";
import { findImage, findTty, type HeldTty, requireTty, type Store, tell } from "./store.ts";

type Ttys = Pick<Engine, "inspect" | "create" | "start" | "stop" | "remove" | "leftovers" | "discard">;

export function ttysIn(store: Store): Ttys {
  return {
    inspect: async (name) => findTty(store, name)?.tty,

    async create(workspace) {
      const image = findImage(store, workspace.image);
      if (findTty(store, workspace.name) !== undefined) throw fail("NAME_TAKEN", { name: workspace.name });
      if (image === undefined) throw fail("NO_IMAGE", { image: workspace.image });
      if (!store.homes.has(workspace.home)) makeHome(store, workspace);
      const held = newTty(store, workspace, image);
      store.ttys.set(workspace.name, held);
      tell(store, "create", held);
    },

    async start(name) {
      const held = requireTty(store, name);
      if (held.tty.state === "running") return;
      held.tty = { ...held.tty, state: "running", since: new Date(), exitStatus: undefined };
      held.log += "started\n";
      tell(store, "start", held);
    },

    async stop(name) {
      end(store, requireTty(store, name));
    },

    leftovers: async () =>
      [...store.ttys.values()]
        .map(({ tty }) => tty)
        .filter(({ name, labels }) => name.includes(".") && isOwned(labels, "tty"))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),

    async discard({ name, id }) {
      const held = findTty(store, name);
      if (held?.tty.id !== id) return;
      if (held.tty.state === "running") throw fail("CONTAINER_IN_USE", { name });
      store.ttys.delete(name);
      tell(store, "destroy", held);
    },

    async remove(name) {
      const held = findTty(store, name);
      if (held === undefined) return;
      end(store, held);
      store.ttys.delete(name);
      tell(store, "destroy", held);
    },
  };
}

function newTty(store: Store, workspace: Workspace, image: Image): HeldTty {
  const { name } = workspace;
  const id = `${store.next()}`;
  const tty: Tty = {
    name,
    id,
    state: "created",
    since: new Date(),
    exitStatus: undefined,
    image: workspace.image,
    imageId: image.id,
    // A container has its image's labels too.
    labels: { ...image.labels, ...workspace.labels },
  };
  return { tty, workspace, files: new Map(), log: "" };
}

function end(store: Store, held: HeldTty): void {
  if (held.tty.state !== "running") return;
  held.tty = { ...held.tty, state: "exited", since: new Date(), exitStatus: 0 };
  tell(store, "die", held);
}

/** As Docker does: a volume that a container names and that is not there is made. */
function makeHome(store: Store, { home, labels }: Workspace): void {
  const made = { name: home, created: new Date(), labels: labelsOfHome(labels) };
  store.homes.set(home, { home: made, files: new Map() });
}

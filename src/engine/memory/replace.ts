import { type Move, newName, placing, settling, shown, standingOf } from "../../pet/beside.ts";
import { fail } from "../../pet/errors.ts";
import { label } from "../../pet/labels.ts";
import type { Labels } from "../../pet/workspace.ts";
import type { Engine, Tty } from "../engine.ts";
import { carries, findTty, type Store } from "./store.ts";
import { ttysIn } from "./ttys.ts";

export function replacementsIn(store: Store): Pick<Engine, "list" | "replace" | "beside" | "settle"> {
  const { create, start, remove } = ttysIn(store);

  const all = (labels: Labels): readonly Tty[] =>
    [...store.ttys.values()]
      .map(({ tty }) => tty)
      .filter((tty) => carries(tty.labels, { [label.kind]: "tty", ...labels }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));

  async function moved(labels: Labels, decide: typeof settling): Promise<void> {
    for (const move of decide(all(labels).map(({ name }) => name))) await carryOut(move);
  }

  async function carryOut(move: Move): Promise<void> {
    if (move.do === "end") return await remove(move.tty);
    const held = findTty(store, move.from);
    if (held === undefined) throw fail("NO_TTY", { name: move.from });
    store.ttys.delete(move.from);
    store.ttys.set(move.to, held);
    held.tty = { ...held.tty, name: move.to };
  }

  return {
    list: async (labels) => shown(all(labels)),
    beside: async (labels) => all(labels).filter(({ name }) => standingOf(name).standing !== "in place"),
    settle: (labels) => moved(labels, settling),

    async replace(workspace, proof) {
      const beside = newName(workspace.name);
      await create({ ...workspace, name: beside });
      try {
        await start(beside);
        await proof(beside);
      } catch (error) {
        await remove(beside);
        throw error;
      }
      await moved(workspace.labels, placing);
    },
  };
}

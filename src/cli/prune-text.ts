/** What is unused, as a table for people and as data for programs. */

import type { Tty } from "../engine/engine.ts";
import type { Kept } from "../flows/idle.ts";
import type { Unused } from "../flows/prune.ts";
import type { UnusedImage } from "../flows/unused-images.ts";
import { bytesText } from "../pet/bytes.ts";
import { label } from "../pet/labels.ts";
import { ago } from "./status-text.ts";
import { table } from "./table.ts";

export function unusedLines(
  { ttys, leftovers, images, kept, homes }: Unused,
  call: string,
  now: Date,
): readonly string[] {
  const row = (what: string, one: Tty, note: string) => [what, one.name, ago(one.since, now), "–", note];
  const rows = [
    ...ttys.map((one) => row("TTY", one, one.state === "created" ? "never started" : "stopped")),
    ...leftovers.map((one) => row("leftover", one, "of interrupted work")),
    ...images.map((image) => [
      "image",
      imageText(image),
      ago(image.created, now),
      bytesText(image.bytes),
      noteOn(image),
    ]),
    ...kept.map((one) => row("kept", one.container, whyText(one, call))),
    ...homes.map(({ home, destroy }) => [
      "home",
      home.name,
      ago(home.created, now),
      "–",
      destroy === undefined ? "kept; its labels name no pet" : `kept; to remove it: ${destroy}`,
    ]),
  ];
  return rows.length === 0 ? [] : table(["UNUSED", "NAME", "SINCE", "SIZE", "NOTE"], rows);
}

export function unusedData({ ttys, leftovers, images, kept, homes, unreadable }: Unused): object {
  const shown = ({ name, state, since }: Tty) => ({ container: name, state, since });
  return {
    ttys: ttys.map(shown),
    leftovers: leftovers.map(shown),
    images: images.map(({ id, name, created, bytes }) => ({ id, name, created, bytes })),
    kept: kept.map(({ container, why }) => ({ ...shown(container), why })),
    homes: homes.map(({ home, destroy }) => ({ home: home.name, created: home.created, destroy })),
    unreadable,
  };
}

function imageText({ name, id }: UnusedImage): string {
  return shortName(name ?? id);
}

/** An image without a name goes by the beginning of its id, as docker has it. */
export function shortName(name: string): string {
  return /^sha256:[0-9a-f]{12,}$/.test(name) ? name.slice(7, 19) : name;
}

function noteOn({ name }: UnusedImage): string {
  return name === undefined ? "built anew since" : "no pet would use it";
}

function whyText({ container, why }: Kept, call: string): string {
  const instance = container.labels[label.instance] ?? "";
  // Anybody may have written the label, and this is to be pasted.
  const pet = `${call} ${/^[a-z0-9][a-z0-9-]*$/.test(instance) ? instance : "NAME"}`;
  switch (why.kind) {
    case "remembers":
      return why.othersRun
        ? "kept; it alone remembers the pet's settings"
        : `kept; it alone remembers the pet's settings. Without them: ${pet} --destroy --keep-home`;
    case "at work":
      return `kept; ${why.who} is at work on it`;
    case "halfway":
      return `kept; interrupted, and completed by: ${pet} --start`;
  }
}

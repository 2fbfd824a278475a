/** Status as a table for people, and as JSON for programs. */

import type { PetStatus, TtyStatus } from "../flows/status.ts";
import { sinceText } from "../flows/turn.ts";
import { bytesText } from "../pet/bytes.ts";
import { shortened } from "../pet/reference.ts";
import { table } from "./table.ts";

export function statusLines(
  status: PetStatus,
  now: Date,
  call = `pet ${status.instance}`,
): readonly string[] {
  const size = "homeBytes" in status ? [`${status.home ?? "its home"}: ${bytesText(status.homeBytes)}`] : [];
  if (status.ttys.length === 0) {
    return status.home === undefined
      ? [`no pet ${status.instance} here`]
      : [`no TTY of ${status.instance}; its home is kept`, ...size, ...underway(status, now, call)];
  }
  const rows = status.ttys.map((tty) => [
    tty.tty,
    tty.container,
    stateText(tty),
    ago(tty.since, now),
    shortened(tty.image),
    attachedText(tty),
  ]);
  return [
    ...table(["TTY", "CONTAINER", "STATE", "SINCE", "IMAGE", "ATTACHED"], rows),
    ...size,
    ...underway(status, now, call),
  ];
}

function underway({ instance, turn, beside = [] }: PetStatus, now: Date, call: string): readonly string[] {
  if (turn !== undefined) return [`${turn.who} has been at work on ${instance}${sinceText(turn.since, now)}`];
  if (beside.length === 0) return [];
  return [`begun and cut short: ${beside.join(", ")}; to complete it or take it back: ${call} --start`];
}

export function allStatusLines(pets: readonly PetStatus[], now: Date): readonly string[] {
  const sized = pets.some((pet) => "homeBytes" in pet);
  const rows = pets.flatMap((pet) => {
    const name = calledIn(pets, pet);
    const own =
      pet.ttys.length === 0
        ? [[name, "–", "only a home", "–", "–"]]
        : pet.ttys.map((tty) => [name, tty.tty, tty.state, ago(tty.made, now), shortened(tty.image)]);
    // One home, however many TTYs: the sizes can be added up.
    return sized ? own.map((cells, nth) => [...cells, nth === 0 ? bytesText(pet.homeBytes) : ""]) : own;
  });
  return table(["PET", "TTY", "STATE", "MADE", "IMAGE", ...(sized ? ["HOME"] : [])], rows);
}

/** A prefix is said only where it tells pets apart. */
function calledIn(pets: readonly PetStatus[], { instance, prefix }: PetStatus): string {
  const alone = pets.filter((pet) => pet.instance === instance).length === 1;
  return alone ? instance : `${prefix}-${instance}`;
}

function stateText({ state, outdated = [] }: TtyStatus): string {
  return outdated.length === 0 ? state : `${state}, outdated: ${outdated.join(", ")}`;
}

function attachedText({ attached }: TtyStatus): string {
  if (attached === undefined) return "–";
  if (attached.length === 0) return "nobody";
  return attached.map((client) => client.who).join(", ");
}

/** How long since, in the largest unit that says something: `40 s`, `3 min`, `5 h`, `12 d`. */
export function ago(since: Date | undefined, now: Date): string {
  if (since === undefined) return "–";
  const seconds = Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

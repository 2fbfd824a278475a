/** A line of a TTY's log as a person reads it: when, what, and the rest of it. */

import { printable } from "./printable.ts";

/** How times are written: as on the clock on the wall here, or as they came (ISO 8601, UTC). */
export type Clock = "local" | "iso";

/** What is not the entry point's own is shown as it is. */
export function logLine(text: string, clock: Clock): string {
  const entry = entryIn(text);
  if (entry === undefined) return printable(text);
  const { time, event, ...fields } = entry;
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${fieldText(value)}`);
  const words = [clock === "local" ? localTime(new Date(time)) : time, event, ...rest];
  // One line stays one: the next could pass for another container's.
  return printable(words.join("  ").replaceAll("\n", "\\n"));
}

/** As JSON, one value a line whatever was logged. */
export function jsonLine(text: string): string {
  const line = objectIn(text) === undefined ? JSON.stringify({ text }) : text;
  // JSON may hold these as they are; a terminal would obey them.
  return line
    .replaceAll("\r", " ")
    .replace(/[\x7f-\x9f]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
}

interface Entry extends Readonly<Record<string, unknown>> {
  readonly time: string;
  readonly event: string;
}

function entryIn(text: string): Entry | undefined {
  const found = objectIn(text);
  const { time, event } = found ?? {};
  if (typeof time !== "string" || typeof event !== "string") return undefined;
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(time) && !Number.isNaN(Date.parse(time));
  return isTime ? { ...found, time, event } : undefined;
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Quoted where it would not be read as one word. */
function fieldText(value: unknown): string {
  return typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

/** The same in every locale, and in the order that sorts. */
function localTime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}

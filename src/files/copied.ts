/** What a copy came to: counted while it goes on, and told at its end. */

import { bytesText } from "../pet/bytes.ts";
import { fail } from "../pet/errors.ts";
import type { Count } from "./frames.ts";

export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

/** Names are kept of so many; of more than these their number says enough. */
const kept = 1000;

export function leftOutList() {
  const list: LeftOut[] = [];
  let count = 0;
  return {
    add(path: Buffer | string, reason: string): void {
      count++;
      if (list.length < kept) list.push({ path: String(path), reason });
    },
    list: list as readonly LeftOut[],
    /** @throws LEFT_OUT where there is anything */
    complain(): void {
      if (count === 0) return;
      const lines = list.slice(0, 10).map(({ path, reason }) => `${path}: ${reason}`);
      if (count > lines.length) lines.push(`and ${count - lines.length} more`);
      throw fail(
        "LEFT_OUT",
        { count: count === 1 ? "One thing" : `${count} things` },
        { detail: lines.join("\n") },
      );
    },
  };
}

export function countText({ entries, bytes }: Readonly<Count>): string {
  return entries === 1 ? bytesText(bytes) : `${entries} files, ${bytesText(bytes)}`;
}

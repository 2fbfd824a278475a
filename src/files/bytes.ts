/** The bytes of one open file, as frames. Of one with holes, long runs of zeros are told by their length alone. */

import { readSync } from "node:fs";
import { type Count, holeFrame } from "./frames.ts";
import type { Outlet } from "./outlet.ts";

const piece = 256 * 1024;
const zeros = Buffer.alloc(64 * 1024);

/** No more than the size it had, should it grow. */
export async function sendBytes(
  handle: number,
  { size, sparse }: { readonly size: number; readonly sparse: boolean },
  outlet: Outlet,
  count: Count,
): Promise<void> {
  for (let at = 0; at < size; ) {
    const into = await outlet.room(Math.min(sparse ? zeros.length : piece, size - at));
    const got = readSync(handle, into, 0, into.length, at);
    if (got === 0) return;
    at += got;
    count.bytes += got;
    if (sparse && zeros.subarray(0, got).equals(into.subarray(0, got))) await outlet.add(holeFrame(got));
    else outlet.fill(got);
  }
}

/**
 * Node's raw mode still has the terminal's driver put a carriage return before every line feed (ONLCR). A program in
 * full control of its terminal moves down by a bare line feed and wants to stay in its column: it is sent as VT, which
 * terminals treat the same and the driver lets be. Nothing is copied where there is none.
 */
export function keepColumn(bytes: Buffer): Buffer {
  let kept = bytes;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] === CR) continue;
    if (kept === bytes) kept = Buffer.from(bytes);
    kept[at] = VT;
  }
  return kept;
}

const LF = 0x0a;
const VT = 0x0b;
const CR = 0x0d;

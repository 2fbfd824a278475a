/**
 * Finds the control sequences in a stream of terminal output, cut anywhere. Floods pass at the speed of `indexOf`:
 * text is jumped over, and so are plain colour changes (SGR), which nothing here needs.
 */

export interface Sequences {
  /** `CSI ? 2004 h` is ("?2004", "h"); intermediates stay in the body: ("2 ", "q"). */
  csi(body: string, final: string): void;
  /** `ESC ( B` is "(B". */
  esc(body: string): void;
  osc(text: string): void;
  /** How a string of another kind, or an OSC too long to hand on, begins: "P0;1q", "_Gf=100", "]1337;File=". */
  string(beginning: string): void;
}

export interface Scanner {
  feed(bytes: Buffer): void;
  /** In the middle of a sequence: whatever is written next would be taken as its rest. */
  midway(): boolean;
}

const ESC = 0x1b;
const BEL = 0x07;
const longestCsi = 256;
const longestOsc = 4096;
/** Enough of a string to tell what it is. */
const beginning = 16;
const nothing = Buffer.alloc(0);

export function createScanner(on: Sequences): Scanner {
  /** Start of a sequence whose rest is to come. */
  let rest: Buffer = nothing;
  /** Inside a string: an OSC, of which the text counts, or another kind, of which only the end does. */
  let string: "none" | "osc" | "other" = "none";
  let introducer = 0;
  let text: Buffer[] = [];
  let textBytes = 0;

  return {
    feed(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      rest = nothing;
      let at = string === "none" ? 0 : throughString(bytes, 0);
      while (at < bytes.length) {
        at = nextEscape(bytes, at);
        if (at === -1) return;
        at = sequence(bytes, at);
      }
    },
    midway: () => rest.length > 0 || string !== "none",
  };

  /** Reads the sequence that begins at `at`; answers where to go on. */
  function sequence(bytes: Buffer, at: number): number {
    const kind = bytes[at + 1];
    if (kind === undefined) return later(bytes, at);
    if (kind === 0x5b) return csi(bytes, at);
    if (kind === 0x5d) return openString("osc", bytes, at);
    if (kind === 0x50 || kind === 0x58 || kind === 0x5e || kind === 0x5f)
      return openString("other", bytes, at);
    let end = at + 1;
    while ((bytes[end] ?? 0) >= 0x20 && (bytes[end] ?? 0) <= 0x2f) end++;
    const final = bytes[end];
    if (final === undefined) return later(bytes, at);
    if (final < 0x30 || final > 0x7e) return end;
    on.esc(bytes.toString("latin1", at + 1, end + 1));
    return end + 1;
  }

  function csi(bytes: Buffer, at: number): number {
    for (let end = at + 2; end < bytes.length; end++) {
      const byte = bytes[end] ?? 0;
      if (byte >= 0x40 && byte <= 0x7e) {
        const first = bytes[at + 2] ?? 0;
        const plainColour = byte === 0x6d && (first < 0x3c || first === byte);
        if (!plainColour) on.csi(bytes.toString("latin1", at + 2, end), String.fromCharCode(byte));
        return end + 1;
      }
      if (byte === ESC || byte === 0x18 || byte === 0x1a || byte > 0x7e) return end;
      if (end - at > longestCsi) return end;
    }
    return later(bytes, at);
  }

  function openString(kind: "osc" | "other", bytes: Buffer, at: number): number {
    string = kind;
    introducer = bytes[at + 1] ?? 0;
    text = [];
    textBytes = 0;
    return throughString(bytes, at + 2);
  }

  function throughString(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(ESC, from);
    const bell = string === "osc" ? bytes.subarray(from, end === -1 ? bytes.length : end).indexOf(BEL) : -1;
    if (bell !== -1) {
      collect(bytes.subarray(from, from + bell));
      closeString();
      return from + bell + 1;
    }
    collect(bytes.subarray(from, end === -1 ? bytes.length : end));
    if (end === -1) return bytes.length;
    const next = bytes[end + 1];
    if (next === undefined) return later(bytes, end);
    if (next === 0x5c) {
      closeString();
      return end + 2;
    }
    string = "none"; // broken off by another sequence
    return end;
  }

  function collect(piece: Buffer): void {
    const room = (string === "osc" ? longestOsc : beginning) - textBytes;
    textBytes += piece.length;
    if (room > 0 && piece.length > 0) text.push(Buffer.from(piece.subarray(0, room)));
  }

  function closeString(): void {
    const kind = string;
    string = "none";
    const whole = Buffer.concat(text);
    if (kind === "osc" && textBytes <= longestOsc) on.osc(whole.toString());
    else on.string(String.fromCharCode(introducer) + whole.toString("latin1", 0, beginning));
  }

  function later(bytes: Buffer, at: number): number {
    rest = Buffer.from(bytes.subarray(at));
    return bytes.length;
  }
}

/** Where sequences come thick, looking byte by byte is cheaper than a call; where they do not, `indexOf` is. */
function nextEscape(bytes: Buffer, from: number): number {
  const near = Math.min(from + 48, bytes.length);
  for (let at = from; at < near; at++) if (bytes[at] === ESC) return at;
  return bytes.indexOf(ESC, near);
}

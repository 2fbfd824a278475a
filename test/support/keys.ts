/** What a terminal sends for a key, by the key's name. */

const named = {
  enter: "\r",
  tab: "\t",
  "shift-tab": "\x1b[Z",
  escape: "\x1b",
  backspace: "\x7f",
  space: " ",
  up: "\x1b[A",
  down: "\x1b[B",
  right: "\x1b[C",
  left: "\x1b[D",
  home: "\x1b[H",
  end: "\x1b[F",
  insert: "\x1b[2~",
  delete: "\x1b[3~",
  pageup: "\x1b[5~",
  pagedown: "\x1b[6~",
  f1: "\x1bOP",
  f2: "\x1bOQ",
  f3: "\x1bOR",
  f4: "\x1bOS",
  f5: "\x1b[15~",
  f10: "\x1b[21~",
} as const;

export type Key = keyof typeof named | `ctrl-${string}` | `alt-${string}`;

export function keyBytes(key: Key): string {
  if (Object.hasOwn(named, key)) return named[key as keyof typeof named];
  const [modifier, character = ""] = [key.slice(0, key.indexOf("-")), key.slice(key.indexOf("-") + 1)];
  if (character.length !== 1) throw new Error(`no such key: ${key}`);
  if (modifier === "alt") return `\x1b${character}`;
  return String.fromCharCode(character.toUpperCase().charCodeAt(0) & 0x1f);
}

/** A word as a shell reads it back, for lines that are to be pasted. */

export function pasted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Opens a file in the person's editor. */
export function editing(file: string): string {
  return `"\${EDITOR:-vi}" ${pasted(file)}`;
}

/** Words one slip apart: what a person may have meant. */

/** The word among `known` that is fewest slips from `word`, where it is near enough to be worth asking. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = word.length <= 4 ? 1 : 2;
  let best: { word: string; slips: number } | undefined;
  for (const candidate of known) {
    const count = slips(word, candidate);
    if (count <= limit && count < (best?.slips ?? Number.POSITIVE_INFINITY))
      best = { word: candidate, slips: count };
  }
  return best?.word;
}

/** The pets that `name` may be a slip of. Names that differ in digits alone (`web1`, `web2`) are meant as they are. */
export function slipOf(name: string, existing: readonly string[]): string | undefined {
  const letters = (text: string) => text.replace(/[0-9]/g, "");
  return existing.find(
    (other) =>
      other !== name && name.length > 2 && slips(name, other) === 1 && letters(name) !== letters(other),
  );
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment distance). */
export function slips(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const cell = Math.min(at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(rows, i - 1, j - 1) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(swapped ? Math.min(cell, at(rows, i - 2, j - 2) + 1) : cell);
    }
    rows.push(row);
  }
  return at(rows, a.length, b.length);
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

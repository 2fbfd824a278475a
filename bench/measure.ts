/** Pairs of measurements, taken in turns. */

export interface Row {
  readonly what: string;
  /** What pet is measured beside, as a person would type it. */
  readonly beside: string;
  /** The most that is aimed for. */
  readonly aim: Aim;
  /** Milliseconds that pet took. */
  readonly ours: () => Promise<number>;
  /** Milliseconds that the other took. */
  readonly theirs?: () => Promise<number>;
  /** Brings about what both start from; not measured. */
  readonly before?: () => Promise<void>;
  /** Of the rounds asked for, so many are taken: fewer where one is long. */
  readonly share?: number;
}

export type Aim =
  | { readonly kind: "ratio"; readonly most: number }
  | { readonly kind: "milliseconds"; readonly most: number }
  | { readonly kind: "more"; readonly most: number };

export interface Measured extends Pick<Row, "what" | "beside" | "aim"> {
  readonly ours: number;
  readonly theirs: number | undefined;
  readonly rounds: number;
}

export async function measure(row: Row, asked: number): Promise<Measured> {
  const rounds = Math.max(3, Math.round(asked * (row.share ?? 1)));
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first round warms caches and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    const pair = [
      async () => ours.push(await afterwards(row.before, row.ours)),
      async () => row.theirs && theirs.push(await afterwards(row.before, row.theirs)),
    ];
    for (const one of round % 2 === 0 ? pair : pair.reverse()) await one();
  }
  const { what, beside, aim } = row;
  const middle = median(theirs.slice(1));
  return { what, beside, aim, rounds, ours: median(ours.slice(1)) ?? 0, theirs: middle };
}

/** How well the aim was met: what is to stay below `aim.most`. */
export function outcome({ ours, theirs = 0, aim }: Measured): number {
  if (aim.kind === "ratio") return ours / theirs;
  return aim.kind === "more" ? ours - theirs : ours;
}

async function afterwards(before: Row["before"], run: () => Promise<number>): Promise<number> {
  await before?.();
  return run();
}

export function median(values: readonly number[]): number | undefined {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}

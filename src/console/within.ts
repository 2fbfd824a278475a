/** Waiting, but not forever. */

/** Settles when `awaited` does, or after so many milliseconds. */
export async function within(ms: number, awaited: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, ms);
  await Promise.race([awaited, late.promise]);
  clearTimeout(timer);
}

/** Waiting with an end. */

export const late = Symbol("late");

/** What was promised, or `late`. What is late is left to itself. */
export async function within<Result>(
  seconds: number,
  promised: Promise<Result>,
): Promise<Result | typeof late> {
  const { promise: bell, resolve } = Promise.withResolvers<typeof late>();
  const clock = setTimeout(() => resolve(late), seconds * 1000);
  try {
    return await Promise.race([promised, bell]);
  } finally {
    clearTimeout(clock);
  }
}

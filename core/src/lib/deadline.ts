/** One deadline for everything that a call does. */

/** The time that is left of a call. */
export interface Deadline {
  /** Milliseconds, never negative; `at` saves a look at the clock. */
  leftMs(at?: number): number;
}

/** A deadline `totalMs` from now. */
export function deadline(totalMs: number, now: () => number): Deadline {
  const endsAt = now() + totalMs;
  return { leftMs: (at = now()) => Math.max(0, endsAt - at) };
}

/** Resolves after `ms`. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

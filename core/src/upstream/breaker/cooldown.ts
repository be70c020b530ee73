/** A time during which nobody is let through, doubling from one to the next. */

/** The longest one is fifteen times the first. */
export interface Cooldown {
  readonly until: number;
  /** When it ends for those who have had no part in it: the first one's length after it began. */
  readonly shortUntil: number;
  /** Length of the next one. */
  readonly nextMs: number;
}

const FIRST_MS = 2000;
const LONGEST_MS = 30_000;

/** Before the first. */
export const NO_COOLDOWN: Cooldown = { until: 0, shortUntil: 0, nextMs: FIRST_MS };

/** The one after `cooldown`, from `now` on. */
export const nextCooldown = ({ nextMs }: Cooldown, now: number): Cooldown => ({
  until: now + nextMs,
  shortUntil: now + FIRST_MS,
  nextMs: Math.min(nextMs * 2, LONGEST_MS),
});

/** Calls of strangers behind the same source address, as far as Discogs' answers let us see them. Pure. */
import type { BudgetPolicy } from './policy.ts';

/** What was seen last. It is exact for a moment only: strangers come and go unseen until the next answer. */
export interface Strangers {
  readonly calls: number;
  /** A window after it was seen. */
  readonly until: number;
}

/** Nobody else uses the address, as far as we know. */
export const NO_STRANGERS: Strangers = { calls: 0, until: 0 };

/** Answers to calls sent at once arrive in any order, and only the last one to arrive at Discogs saw all strangers. */
const HOLD_MS = 5000;
/** Standard deviations of what may have changed unseen; beyond three a call in a hundred would be too careful. */
const CAUTION = 2.5;
/** Between Discogs' look at the window and the arrival of the next call, at least. */
const ON_THE_WAY_MS = 300;
/** Whoever used the address lately is expected to do so again. */
const REMEMBER_MS = 600_000;

/** What is known after an answer that counted `calls` of strangers. */
export function seeStrangers(
  known: Strangers,
  calls: number,
  { windowMs }: BudgetPolicy,
  now: number,
): Strangers {
  const isNews = calls >= known.calls || now > known.until - windowMs + HOLD_MS;
  return isNews ? { calls, until: now + windowMs } : known;
}

/** When they are forgotten. */
export const forgottenAt = ({ until }: Strangers): number => until + REMEMBER_MS;

/**
 * Calls to count for them at `now`. What was seen may have grown since, by chance, as calls at random do: the margin
 * rises with the time, is small right after an answer, and never takes more than half of the rest. When a whole window has passed unseen, they are expected to
 * be back, but never so many that no call could be sent to find out.
 */
export function strangersNow(
  { calls, until }: Strangers,
  { windowMs }: BudgetPolicy,
  limit: number,
  now: number,
): number {
  if (calls === 0) return 0;
  if (now >= until) return Math.min(calls, Math.floor(limit / 2));
  const unseen = (Math.max(0, now - until + windowMs) + ON_THE_WAY_MS) / windowMs;
  // Arrivals and departures both vary like a Poisson process, which doubles the variance.
  const margin = Math.floor(CAUTION * Math.sqrt(2 * calls * unseen));
  return calls + Math.min(margin, Math.floor(Math.max(0, limit - calls) / 2));
}

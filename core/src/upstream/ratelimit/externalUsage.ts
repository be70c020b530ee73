/** Calls of others from the same source address, estimated from Discogs' answers. Pure. */
import type { BudgetPolicy } from './policy.ts';

/** What was observed last. It is exact for a moment only: until the next answer, external calls come and go unseen. */
export interface ExternalUsage {
  readonly calls: number;
  /** One window after the observation. */
  readonly until: number;
}

/** No known external usage. */
export const NO_EXTERNAL_USAGE: ExternalUsage = { calls: 0, until: 0 };

/** Simultaneous calls are answered in any order, and only the last one to reach Discogs saw all external calls. */
const HOLD_MS = 5000;
/** Standard deviations of what may have changed unseen; beyond three a call in a hundred would be too careful. */
const CAUTION = 2.5;
/** Least time between Discogs' count and the arrival of the next call. */
const ON_THE_WAY_MS = 300;
/** Recent external usage is expected to return for this long. */
const REMEMBER_MS = 600_000;

/** The estimate after an answer that counted `calls` external calls. */
export function observeExternalUsage(
  known: ExternalUsage,
  calls: number,
  { windowMs }: BudgetPolicy,
  now: number,
): ExternalUsage {
  const isNews = calls >= known.calls || now > known.until - windowMs + HOLD_MS;
  return isNews ? { calls, until: now + windowMs } : known;
}

/** When the estimate is dropped. */
export const forgottenAt = ({ until }: ExternalUsage): number => until + REMEMBER_MS;

/**
 * External calls to assume at `now`. The margin for unseen ones grows with the time since the observation and never takes
 * more than half of the rest. After a whole unseen window the usage is expected to be back, but at least one call stays
 * possible, to find out.
 */
export function externalCallsNow(
  { calls, until }: ExternalUsage,
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

/** How old an answer may be, and what that age allows. */
import type { Operation } from '../../catalog/operation.ts';
import type { StoredAnswer } from './answerCodec.ts';

/**
 * `fresh` and `refresh_due` are served, the second with a refresh in the background; `stale` only when Discogs fails;
 * `expired` never.
 */
export type Freshness = 'fresh' | 'refresh_due' | 'stale' | 'expired';

/** From this share of its ttl on, an answer is refreshed before it expires. */
const REFRESH_DUE_SHARE = 0.8;
/** "No such record" is cached briefly: somebody may just be submitting it. */
const NOT_FOUND_SECONDS = 60;

/** Seconds for which an answer with this status may be shown without asking again. */
export function ttlSeconds({ cacheSeconds }: Operation, status: number, longestSeconds: number): number {
  const ttl = status === 404 ? Math.min(NOT_FOUND_SECONDS, cacheSeconds) : cacheSeconds;
  return Math.min(ttl, longestSeconds);
}

/**
 * What may be done with an answer of `ageSeconds`. Nothing is ever shown beyond `longestSeconds`, which the host
 * chooses (Discogs' terms: 21,600). A user's own data, and a 404, are not shown once they are old.
 */
export function freshnessOf(
  operation: Operation,
  status: number,
  ageSeconds: number,
  longestSeconds: number,
): Freshness {
  if (ageSeconds >= longestSeconds) return 'expired';
  const ttl = ttlSeconds(operation, status, longestSeconds);
  const isShortLived = operation.personal || status === 404;
  if (ageSeconds < ttl * REFRESH_DUE_SHARE) return 'fresh';
  if (ageSeconds < ttl) return isShortLived ? 'fresh' : 'refresh_due';
  return isShortLived ? 'expired' : 'stale';
}

/** Rates cached answers by one clock. */
export interface FreshnessRater {
  ageSeconds(stored: StoredAnswer): number;
  of(operation: Operation, stored: StoredAnswer): Freshness;
  /** True where a caller may be shown it without asking Discogs first. */
  isServable(operation: Operation, stored: StoredAnswer): boolean;
}

/** Makes a rater. `now` is the clock of `storedAt`. */
export function createFreshness(now: () => number, longestSeconds: number): FreshnessRater {
  const ageSeconds = ({ storedAt }: StoredAnswer): number => Math.max(0, (now() - storedAt) / 1000);
  const of: FreshnessRater['of'] = (operation, stored) =>
    freshnessOf(operation, stored.status, ageSeconds(stored), longestSeconds);
  return {
    ageSeconds,
    of,
    isServable(operation, stored) {
      const rated = of(operation, stored);
      return rated === 'fresh' || rated === 'refresh_due';
    },
  };
}

/** How old an answer may be, and what that age allows. Pure. */
import type { Operation } from '../../catalog/operation.ts';

/** `ageing` is shown at once and refreshed behind; `stale` is shown only when Discogs fails; `gone` never. */
export type Freshness = 'fresh' | 'ageing' | 'stale' | 'gone';

/** From this share of its life on, an answer is refreshed before it ends. */
const AGEING_SHARE = 0.8;
/** "No such record" is remembered briefly: somebody may just be submitting it. */
const NOT_FOUND_SECONDS = 60;

/** Seconds for which an answer with this status may be shown without asking again. */
export function lifeSeconds({ keepSeconds }: Operation, status: number, longestSeconds: number): number {
  const life = status === 404 ? Math.min(NOT_FOUND_SECONDS, keepSeconds) : keepSeconds;
  return Math.min(life, longestSeconds);
}

/**
 * What may be done with an answer of `ageSeconds`. Nothing is ever shown beyond `longestSeconds`, which the host
 * chooses (Discogs' terms: 21,600). A user's own data, and a 404, are not shown once they are old.
 */
export function freshness(
  operation: Operation,
  status: number,
  ageSeconds: number,
  longestSeconds: number,
): Freshness {
  if (ageSeconds >= longestSeconds) return 'gone';
  const life = lifeSeconds(operation, status, longestSeconds);
  if (ageSeconds < life * AGEING_SHARE) return 'fresh';
  if (ageSeconds < life) return operation.personal || status === 404 ? 'fresh' : 'ageing';
  return operation.personal || status === 404 ? 'gone' : 'stale';
}

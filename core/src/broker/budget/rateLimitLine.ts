/** What the owner's log gets to know of a 429, in the original's words: numbers only, never a body or another header. */

import type { FetchedAnswer, FetchFailure } from '../../discogs/fetcher.ts';
import { headerNumber } from '../../discogs/headerNumber.ts';
import { retryAfterMs } from '../../discogs/retry.ts';
import type { AcquirePriority } from '../../signIn/acquire.ts';
import { UNKNOWN_WAIT_SECONDS } from '../failure.ts';

/** Undefined for anything but a 429. */
export function rateLimitLine(
  stage: AcquirePriority,
  result: FetchedAnswer | FetchFailure | undefined,
  now: number,
): string | undefined {
  if (result?.status !== 429) return undefined;
  const header = (name: string): string | undefined => result.header?.(name);
  const waitMs = retryAfterMs(header('retry-after'), now) ?? UNKNOWN_WAIT_SECONDS * 1000;
  const told = {
    stage,
    retry_after_seconds: Math.ceil(waitMs / 1000),
    limit: headerNumber(header('x-discogs-ratelimit')) ?? null,
    remaining: headerNumber(header('x-discogs-ratelimit-remaining')) ?? null,
    used: headerNumber(header('x-discogs-ratelimit-used')) ?? null,
  };
  return `discogs rate limit: ${JSON.stringify(told)}`;
}
